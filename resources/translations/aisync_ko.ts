<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>Sync now</source>
        <translation>지금 동기화</translation>
    </message>
    <message>
        <source>Pause until resumed</source>
        <translation>다시 시작할 때까지 일시 정지</translation>
    </message>
    <message>
        <source>Pause for 30 minutes</source>
        <translation>30분 동안 일시 정지</translation>
    </message>
    <message>
        <source>Pause for 2 hours</source>
        <translation>2시간 동안 일시 정지</translation>
    </message>
    <message>
        <source>Pause until tomorrow</source>
        <translation>내일까지 일시 정지</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속하기</translation>
    </message>
    <message>
        <source>Redo what was undone</source>
        <translation>실행 취소한 변경 다시 적용</translation>
    </message>
    <message>
        <source>Open AISync</source>
        <translation>AISync 열기</translation>
    </message>
    <message>
        <source>Find or run</source>
        <translation>찾기 또는 실행</translation>
    </message>
    <message>
        <source>Quit AISync</source>
        <translation>AISync 종료</translation>
    </message>
    <message>
        <source>Undo the last change</source>
        <translation>마지막 변경 실행 취소</translation>
    </message>
    <message>
        <source>Undo: {change}</source>
        <translation>실행 취소: {change}</translation>
    </message>
    <message numerus="yes">
        <source>Answer %n question(s)</source>
        <translation>
            <numerusform>질문 %n개에 답하기</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnswerModel</name>
    <message>
        <source>Client</source>
        <translation>클라이언트</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>대답</translation>
    </message>
    <message>
        <source>Because of</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>In</source>
        <translation>위치</translation>
    </message>
</context>
<context>
    <name>AnswerWords</name>
    <message>
        <source>As {client} has it</source>
        <translation>{client}의 값</translation>
    </message>
    <message>
        <source>Removed, as in {client}</source>
        <translation>삭제({client}처럼)</translation>
    </message>
    <message>
        <source>Answer later</source>
        <translation>나중에 답하기</translation>
    </message>
    <message>
        <source>Written by hand</source>
        <translation>직접 작성</translation>
    </message>
    <message>
        <source>Both together</source>
        <translation>둘 다 합치기</translation>
    </message>
    <message>
        <source>Chosen field by field</source>
        <translation>필드별로 고름</translation>
    </message>
    <message>
        <source>As before</source>
        <translation>이전 값</translation>
    </message>
</context>
<context>
    <name>ChangesStep</name>
    <message>
        <source>All files</source>
        <translation>모든 파일</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Files that will be written</source>
        <translation>쓰게 될 파일</translation>
    </message>
    <message>
        <source>All clients agree already</source>
        <translation>모든 클라이언트가 이미 같습니다</translation>
    </message>
    <message>
        <source>No file has to be written. From now on a change in one client comes to the others.</source>
        <translation>쓸 파일이 없습니다. 이제부터 한 클라이언트의 변경이 다른 클라이언트에 전달됩니다.</translation>
    </message>
    <message>
        <source>Nothing has been written yet. A copy of every file is kept, so you can go back to today at any time.</source>
        <translation>아직 아무것도 쓰지 않았습니다. 모든 파일의 사본을 보관하므로 언제든 오늘의 상태로 되돌릴 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>CheckupView</name>
    <message>
        <source>Something went wrong in AISync. A report was written; you can try again.</source>
        <translation>AISync에 문제가 생겼습니다. 보고서를 남겼으며 다시 시도할 수 있습니다.</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>발견된 것이 없습니다.</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>경고</translation>
    </message>
    <message>
        <source>Worth knowing</source>
        <translation>알아 둘 것</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>다시 보기(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Repair all that need no question…</source>
        <translation>물을 것 없는 것 모두 고치기(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>찾은 결과</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>보는 중…</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) found</source>
        <translation>
            <numerusform>발견: %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClientRow</name>
    <message>
        <source>Nothing yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>Stays as it is</source>
        <translation>그대로 둡니다</translation>
    </message>
    <message>
        <source>Keep {client} in step</source>
        <translation>{client} 동기화</translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%n item(s) changed</source>
        <translation>
            <numerusform>항목 %n개 변경</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied to %n client(s)</source>
        <translation>
            <numerusform>클라이언트 %n개에 복사</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) put back</source>
        <translation>
            <numerusform>파일 %n개 복원</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>항목 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DesktopNotifier</name>
    <message>
        <source>Undo: {change}</source>
        <translation>실행 취소: {change}</translation>
    </message>
    <message>
        <source>Open AISync</source>
        <translation>AISync 열기</translation>
    </message>
    <message>
        <source>Snooze for 1 hour</source>
        <translation>1시간 동안 알림 끄기</translation>
    </message>
</context>
<context>
    <name>DiffLines</name>
    <message numerus="yes">
        <source>%n more lines added</source>
        <translation>
            <numerusform>%n줄 더 추가</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more lines removed</source>
        <translation>
            <numerusform>%n줄 더 삭제</numerusform>
        </translation>
    </message>
    <message>
        <source>added: {line}</source>
        <translation>추가: {line}</translation>
    </message>
    <message>
        <source>removed: {line}</source>
        <translation>삭제: {line}</translation>
    </message>
    <message numerus="yes">
        <source>%n lines are the same</source>
        <translation>
            <numerusform>같은 내용 %n줄</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FileDetail</name>
    <message>
        <source>Secrets are shown as dots.</source>
        <translation>비밀 값은 점으로 표시됩니다.</translation>
    </message>
    <message>
        <source>Your comments, order and spacing stay as they are.</source>
        <translation>주석, 순서, 간격은 그대로 유지됩니다.</translation>
    </message>
</context>
<context>
    <name>FileHead</name>
    <message numerus="yes">
        <source>%n lines added</source>
        <translation>
            <numerusform>%n줄 추가</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines removed</source>
        <translation>
            <numerusform>%n줄 삭제</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingCard</name>
    <message>
        <source>Make private…</source>
        <translation>나만 읽게 하기…</translation>
    </message>
    <message>
        <source>Put the reference back…</source>
        <translation>참조 되돌리기…</translation>
    </message>
    <message>
        <source>Put a variable there…</source>
        <translation>변수로 바꾸기…</translation>
    </message>
    <message>
        <source>Have AISync start it…</source>
        <translation>AISync가 시작하게 하기…</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Something went wrong in AISync. A report was written; you can try again.</source>
        <translation>AISync에 문제가 생겼습니다. 보고서를 남겼으며 다시 시도할 수 있습니다.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Something changed meanwhile.</source>
        <translation>그동안 내용이 바뀌었습니다.</translation>
    </message>
    <message>
        <source>Below is what would be written now.</source>
        <translation>아래는 지금 쓰게 될 내용입니다.</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>확인 중</translation>
    </message>
    <message>
        <source>See what will change</source>
        <translation>바뀔 내용 보기</translation>
    </message>
    <message>
        <source>Nothing is written before you have seen all of it.</source>
        <translation>모두 확인하시기 전에는 아무것도 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Your keyring may ask you for its password: AISync keeps the key of your history there.</source>
        <translation>키링이 암호를 물을 수 있습니다. AISync는 기록의 키를 그곳에 보관합니다.</translation>
    </message>
    <message>
        <source>Your keyring may be asking you for its password now.</source>
        <translation>지금 키링이 암호를 묻고 있을 수 있습니다.</translation>
    </message>
    <message>
        <source>Go on without</source>
        <translation>키링 없이 계속</translation>
    </message>
    <message>
        <source>There is no keyring that AISync can use.</source>
        <translation>AISync가 사용할 수 있는 키링이 없습니다.</translation>
    </message>
    <message>
        <source>Install or unlock one, such as GNOME Keyring or KWallet, and try again. Without it, the key of your history is kept in a file that only you can read.</source>
        <translation>GNOME Keyring이나 KWallet 같은 키링을 설치하거나 잠금 해제한 뒤 다시 시도하십시오. 키링이 없으면 기록의 키를 본인만 읽을 수 있는 파일에 보관합니다.</translation>
    </message>
</context>
<context>
    <name>FirstRunWords</name>
    <message numerus="yes">
        <source>%n client(s) found</source>
        <translation>
            <numerusform>클라이언트 %n개를 찾았습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>파일 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Continue to %n question(s)</source>
        <translation>
            <numerusform>질문 %n개로 계속</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) before anything is written</source>
        <translation>
            <numerusform>쓰기 전에 답할 질문 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) set up in different ways</source>
        <translation>
            <numerusform>서로 다르게 설정된 서버 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rule text(s) written in different ways</source>
        <translation>
            <numerusform>서로 다르게 쓰인 규칙 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n permission(s) answered in different ways</source>
        <translation>
            <numerusform>서로 다르게 정해진 권한 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) with a secret</source>
        <translation>
            <numerusform>비밀 값이 있는 서버 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n permission(s) that would allow more</source>
        <translation>
            <numerusform>더 많이 허용하게 되는 권한 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>질문 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) stay open until you answer.</source>
        <translation>
            <numerusform>질문 %n개는 답하실 때까지 기다립니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>All files stay as they are</source>
        <translation>모든 파일이 그대로 유지됩니다</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) will change</source>
        <translation>
            <numerusform>파일 %n개가 바뀝니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay as they are</source>
        <translation>
            <numerusform>%n개는 그대로입니다</numerusform>
        </translation>
    </message>
    <message>
        <source>{change}, {stay}</source>
        <translation>{change}. {stay}</translation>
    </message>
    <message>
        <source>Keep them in step</source>
        <translation>동기화 시작</translation>
    </message>
    <message numerus="yes">
        <source>%n client(s)</source>
        <translation>
            <numerusform>클라이언트 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Write {files} in {clients}</source>
        <translation>{clients}에 {files} 쓰기</translation>
    </message>
    <message numerus="yes">
        <source>Writing %n file(s)</source>
        <translation>
            <numerusform>파일 %n개를 쓰는 중</numerusform>
        </translation>
    </message>
    <message>
        <source>Your clients are in step: {files} written in {clients}</source>
        <translation>클라이언트가 모두 동기화됨: {clients}, {files}</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be written yet</source>
        <translation>
            <numerusform>파일 %n개를 아직 쓰지 못했습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>removes the file</source>
        <translation>파일 삭제</translation>
    </message>
    <message>
        <source>changes the file</source>
        <translation>파일 변경</translation>
    </message>
    <message>
        <source>New file</source>
        <translation>새 파일</translation>
    </message>
    <message numerus="yes">
        <source>Leaves out %n setting(s)</source>
        <translation>
            <numerusform>설정 %n개 제외</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) left out</source>
        <translation>
            <numerusform>설정 %n개가 빠집니다</numerusform>
        </translation>
    </message>
    <message>
        <source>{what}. {reason}</source>
        <translation>{what}. {reason}</translation>
    </message>
    <message>
        <source>adds {what}</source>
        <translation>{what} 추가</translation>
    </message>
    <message>
        <source>changes {what}</source>
        <translation>{what} 변경</translation>
    </message>
    <message>
        <source>removes {what}</source>
        <translation>{what} 삭제</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s)</source>
        <translation>
            <numerusform>서버 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n permission(s)</source>
        <translation>
            <numerusform>권한 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of rules</source>
        <translation>
            <numerusform>규칙 %n줄</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rule text(s)</source>
        <translation>
            <numerusform>규칙 문서 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FoundStep</name>
    <message>
        <source>No assistant was found</source>
        <translation>어시스턴트를 찾지 못했습니다</translation>
    </message>
    <message>
        <source>AISync knows {names}. Install one, or start it once so that it writes its settings.</source>
        <translation>AISync가 아는 어시스턴트: {names}. 하나를 설치하거나, 설정 파일이 생기도록 한 번 실행하십시오.</translation>
    </message>
    <message>
        <source>Install an assistant, or start it once so that it writes its settings.</source>
        <translation>어시스턴트를 설치하거나, 설정 파일이 생기도록 한 번 실행하십시오.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 찾기</translation>
    </message>
    <message>
        <source>Nothing is written yet. Take the tick away from what should stay as it is.</source>
        <translation>아직 아무것도 쓰지 않았습니다. 그대로 둘 클라이언트는 선택을 해제하십시오.</translation>
    </message>
    <message>
        <source>Looked for besides: {names}</source>
        <translation>함께 찾아본 클라이언트: {names}</translation>
    </message>
</context>
<context>
    <name>HealthPage</name>
    <message>
        <source>No file has to be written.</source>
        <translation>쓸 파일이 없습니다.</translation>
    </message>
    <message>
        <source>Every version that is replaced is kept in the history.</source>
        <translation>바뀌는 모든 버전은 기록에 남습니다.</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>고치기</translation>
    </message>
    <message>
        <source>What would be written:</source>
        <translation>쓸 내용:</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>나중에</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>… 그 밖에 {count}개</translation>
    </message>
    <message numerus="yes">
        <source>Repaired: %n file(s) written</source>
        <translation>
            <numerusform>고침: 파일 %n개를 씀</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Home</name>
    <message>
        <source>Answer</source>
        <translation>답하기</translation>
    </message>
    <message>
        <source>Keep in step</source>
        <translation>동기화에 포함</translation>
    </message>
    <message>
        <source>Leave alone</source>
        <translation>동기화에서 제외</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Undone: {what}</source>
        <translation>실행 취소: {what}</translation>
    </message>
    <message>
        <source>Done again: {what}</source>
        <translation>다시 적용: {what}</translation>
    </message>
    <message>
        <source>Put back: {what}</source>
        <translation>되돌림: {what}</translation>
    </message>
    <message>
        <source>Undone since</source>
        <translation>이후 실행 취소됨</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>파일 열기</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Restore version</source>
        <translation>버전 되돌리기</translation>
    </message>
    <message>
        <source>Make writable</source>
        <translation>쓸 수 있게 하기</translation>
    </message>
    <message>
        <source>{file} put back</source>
        <translation>{file} 파일을 되돌렸습니다</translation>
    </message>
    <message>
        <source>Put back {file}</source>
        <translation>{file} 되돌리기</translation>
    </message>
    <message>
        <source>As it was last seen in order, {when}</source>
        <translation>정상이던 마지막 모습, {when}</translation>
    </message>
    <message>
        <source>Put back this version</source>
        <translation>이 버전으로 되돌리기</translation>
    </message>
    <message>
        <source>{file} can be written again</source>
        <translation>{file} 파일을 다시 쓸 수 있습니다</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Questions</source>
        <translation>질문</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>클라이언트</translation>
    </message>
    <message>
        <source>Recent changes</source>
        <translation>최근 변경</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>시작하는 중</translation>
    </message>
</context>
<context>
    <name>Loading</name>
    <message>
        <source>Loading</source>
        <translation>불러오는 중</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>AISync goes on in the tray</source>
        <translation>AISync가 트레이에서 계속 실행됩니다</translation>
    </message>
    <message>
        <source>Your clients are kept in step while the window is closed. Its icon brings it back.</source>
        <translation>창을 닫아도 클라이언트를 계속 맞춥니다. 트레이 아이콘으로 창을 다시 열 수 있습니다.</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>계속 실행</translation>
    </message>
    <message>
        <source>Quit instead</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Find or run</source>
        <translation>찾기 또는 실행</translation>
    </message>
    <message>
        <source>Find or run: &gt; commands, # items, @ clients</source>
        <translation>찾기 또는 실행: &gt; 명령, # 항목, @ 클라이언트</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>찾은 결과</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>페이지</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>클라이언트</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>항목</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>명령</translation>
    </message>
</context>
<context>
    <name>PermissionView</name>
    <message>
        <source>Something went wrong in AISync. A report was written; you can try again.</source>
        <translation>AISync에 문제가 생겼습니다. 보고서를 남겼으며 다시 시도할 수 있습니다.</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>홈</translation>
    </message>
    <message>
        <source>Run a command</source>
        <translation>명령 실행</translation>
    </message>
    <message>
        <source>Read a file</source>
        <translation>파일 읽기</translation>
    </message>
    <message>
        <source>Edit a file</source>
        <translation>파일 고치기</translation>
    </message>
    <message>
        <source>Fetch from the web</source>
        <translation>웹에서 가져오기</translation>
    </message>
    <message>
        <source>Call a server&apos;s tool</source>
        <translation>서버의 도구 부르기</translation>
    </message>
    <message>
        <source>&amp;in</source>
        <translation>위치(&amp;I)</translation>
    </message>
    <message>
        <source>What an assistant would do</source>
        <translation>어시스턴트가 하려는 일</translation>
    </message>
    <message>
        <source>The folder that it works in</source>
        <translation>작업하는 폴더</translation>
    </message>
    <message>
        <source>&amp;Ask all clients</source>
        <translation>모든 클라이언트에 묻기(&amp;A)</translation>
    </message>
    <message>
        <source>What each client would do</source>
        <translation>각 클라이언트가 할 일</translation>
    </message>
    <message>
        <source>Say what an assistant would do, and see who lets it.</source>
        <translation>어시스턴트가 하려는 일을 적고 누가 허용하는지 보십시오.</translation>
    </message>
    <message>
        <source>What each client may do without asking</source>
        <translation>각 클라이언트가 묻지 않고 할 수 있는 일</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>거르기</translation>
    </message>
    <message>
        <source>Filter what clients may do</source>
        <translation>클라이언트가 할 수 있는 일 거르기</translation>
    </message>
    <message>
        <source>No client here has permissions in a file.</source>
        <translation>권한 파일이 있는 클라이언트가 없습니다.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>보는 중…</translation>
    </message>
    <message>
        <source>server.tool</source>
        <translation>서버.도구</translation>
    </message>
    <message>
        <source>{what}: “{argument}” · in {place}</source>
        <translation>{what}: “{argument}” · {place}</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>{done} of {all}</source>
        <translation>{done} / {all}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>QuestionPane</name>
    <message>
        <source>Answer later</source>
        <translation>나중에 답하기</translation>
    </message>
    <message>
        <source>This question waits.</source>
        <translation>이 질문은 기다립니다.</translation>
    </message>
    <message>
        <source>It stays open, and holds up nothing else.</source>
        <translation>열린 채로 남으며, 다른 것을 막지 않습니다.</translation>
    </message>
    <message>
        <source>Answer it now</source>
        <translation>지금 답하기</translation>
    </message>
</context>
<context>
    <name>QuestionsStep</name>
    <message>
        <source>Something sensible is chosen already. What you leave open waits, and holds up nothing else.</source>
        <translation>알맞은 답을 미리 골라 두었습니다. 답하지 않은 질문은 기다리며, 다른 일을 막지 않습니다.</translation>
    </message>
    <message>
        <source>Answer all later</source>
        <translation>모두 나중에 답하기</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>질문</translation>
    </message>
</context>
<context>
    <name>RightsModel</name>
    <message>
        <source>Without asking</source>
        <translation>묻지 않고</translation>
    </message>
    <message>
        <source>Because of</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Not at</source>
        <translation>허용하지 않는 곳</translation>
    </message>
    <message>
        <source>{client} · dangers: {dangers} · rights: {rights}</source>
        <translation>{client} · 위험: {dangers} · 권한: {rights}</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message numerus="yes">
        <source>%n file(s) written</source>
        <translation>
            <numerusform>파일 %n개를 썼습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Something went wrong in AISync. A report was written; you can try again.</source>
        <translation>AISync에 문제가 생겼습니다. 보고서를 남겼으며 다시 시도할 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>SideBar</name>
    <message>
        <source>Pages</source>
        <translation>페이지</translation>
    </message>
    <message>
        <source>Find or run</source>
        <translation>찾기 또는 실행</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>시작하는 중</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>질문 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>In step</source>
        <translation>일치</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>작업 중</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>답변 대기 중</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>거부됨</translation>
    </message>
    <message>
        <source>Partly</source>
        <translation>일부</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시 중지됨</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>꺼짐</translation>
    </message>
</context>
<context>
    <name>StepBar</name>
    <message>
        <source>Not now</source>
        <translation>나중에</translation>
    </message>
    <message>
        <source>Close the window; nothing is written</source>
        <translation>창을 닫습니다. 아무것도 쓰지 않습니다</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>찾음</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>질문</translation>
    </message>
    <message>
        <source>Will change</source>
        <translation>바뀔 내용</translation>
    </message>
    <message>
        <source>Step {number} of 3: {name}</source>
        <translation>3단계 중 {number}단계: {name}</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
</context>
<context>
    <name>Titles</name>
    <message numerus="yes">
        <source>%n file(s) brought in step</source>
        <translation>
            <numerusform>파일 %n개를 맞췄습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) deleted everywhere</source>
        <translation>
            <numerusform>항목 %n개를 모든 곳에서 삭제함</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) wait for you</source>
        <translation>
            <numerusform>질문 %n개가 기다리고 있습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>문제 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Toasts</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message>
        <source>Pause</source>
        <translation>일시 중지</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Show notifications again</source>
        <translation>알림 다시 켜기</translation>
    </message>
    <message numerus="yes">
        <source>All %n question(s)</source>
        <translation>
            <numerusform>질문 %n개 모두</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrayState</name>
    <message>
        <source>Starting</source>
        <translation>시작하는 중</translation>
    </message>
</context>
<context>
    <name>TwoStep</name>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
</context>
<context>
    <name>_PageEntry</name>
    <message>
        <source>{page}, {count} waiting</source>
        <translation>{page}, 대기 {count}개</translation>
    </message>
</context>
<context>
    <name>_ProblemLine</name>
    <message>
        <source>{place} cannot be read.</source>
        <translation>{place} 파일을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>파일 열기</translation>
    </message>
</context>
<context>
    <name>choices</name>
    <message>
        <source>The value would stand in {files}</source>
        <translation>값이 들어갈 파일: {files}</translation>
    </message>
    <message>
        <source>No file holds it; AISync hands it over at each start</source>
        <translation>어떤 파일에도 남지 않고, 시작할 때마다 AISync가 건네줍니다</translation>
    </message>
    <message>
        <source>It stays where it is</source>
        <translation>지금 있는 곳에 그대로 둡니다</translation>
    </message>
</context>
<context>
    <name>decisions</name>
    <message>
        <source>Decide later</source>
        <translation>나중에 결정</translation>
    </message>
    <message>
        <source>Keep as before</source>
        <translation>이전대로 유지</translation>
    </message>
    <message>
        <source>Other answers</source>
        <translation>다른 답</translation>
    </message>
    <message>
        <source>Use this result</source>
        <translation>이 결과 사용</translation>
    </message>
    <message>
        <source>Use this answer</source>
        <translation>이 답 사용</translation>
    </message>
    <message>
        <source>Keep different in each client</source>
        <translation>클라이언트마다 다르게 유지</translation>
    </message>
    <message>
        <source>Always prefer {client}</source>
        <translation>항상 우선: {client}</translation>
    </message>
    <message>
        <source>Take all {count} from {client}</source>
        <translation>{count}개 모두 {client}의 내용 사용</translation>
    </message>
    <message>
        <source>Something went wrong in AISync. A report was written; you can try again.</source>
        <translation>AISync에 문제가 생겼습니다. 보고서를 남겼으니 다시 시도할 수 있습니다.</translation>
    </message>
    <message>
        <source>Choose a value for: {fields}</source>
        <translation>값을 고를 필드: {fields}</translation>
    </message>
    <message>
        <source>Choose an answer</source>
        <translation>답을 고르세요</translation>
    </message>
    <message>
        <source>Answer all {count} {count:question|questions} of this kind alike</source>
        <translation>같은 종류의 질문 {count}개에 모두 똑같이 답하기</translation>
    </message>
    <message>
        <source>{item}: each client keeps its own</source>
        <translation>{item}: 클라이언트마다 자기 것을 유지합니다</translation>
    </message>
    <message>
        <source>{item}: {count} {count:file|files} written</source>
        <translation>{item}: 파일 {count}개를 썼습니다</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>답</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>Where it happened</source>
        <translation>일어난 곳</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Where it is missing</source>
        <translation>없는 곳</translation>
    </message>
    <message>
        <source>Where it was renamed</source>
        <translation>이름이 바뀐 곳</translation>
    </message>
    <message>
        <source>Writes no file</source>
        <translation>파일을 쓰지 않습니다</translation>
    </message>
    <message>
        <source>Paused: writes {count} {count:file|files} once you go on</source>
        <translation>일시 중지됨: 계속하면 파일 {count}개를 씁니다</translation>
    </message>
    <message>
        <source>Writes {count} {count:file|files}</source>
        <translation>파일 {count}개를 씁니다</translation>
    </message>
    <message>
        <source>in {clients}.</source>
        <translation>대상: {clients}.</translation>
    </message>
    <message>
        <source>You can undo this in History.</source>
        <translation>기록에서 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Allows more in {count} {count:client|clients}</source>
        <translation>클라이언트 {count}개가 더 많이 허용합니다</translation>
    </message>
    <message>
        <source>Hide changes</source>
        <translation>변경 숨기기</translation>
    </message>
    <message>
        <source>Show changes</source>
        <translation>변경 보기</translation>
    </message>
    <message>
        <source>What is gone</source>
        <translation>사라진 항목</translation>
    </message>
    <message>
        <source>Anything, outside the client&apos;s sandbox</source>
        <translation>클라이언트의 샌드박스 밖에서 무엇이든</translation>
    </message>
    <message>
        <source>Nothing besides what the rule says</source>
        <translation>규칙에 적힌 것 말고는 없음</translation>
    </message>
    <message>
        <source>What each client would allow besides</source>
        <translation>클라이언트별로 더 허용하게 되는 것</translation>
    </message>
    <message>
        <source>What {client} asked for</source>
        <translation>{client}의 요청</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>{client}: what changed</source>
        <translation>{client}: 바뀐 내용</translation>
    </message>
    <message>
        <source>Changed here</source>
        <translation>여기서 바뀜</translation>
    </message>
    <message>
        <source>Only here</source>
        <translation>여기에만 있음</translation>
    </message>
    <message>
        <source>Choose one</source>
        <translation>하나를 고르세요</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>제안</translation>
    </message>
    <message>
        <source>Your choice</source>
        <translation>선택함</translation>
    </message>
    <message>
        <source>Kept as before</source>
        <translation>이전대로 유지함</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>병합됨</translation>
    </message>
    <message>
        <source>The whole file was put back</source>
        <translation>파일 전체를 되돌림</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사함</translation>
    </message>
    <message>
        <source>Started by AISync with the secret</source>
        <translation>AISync가 비밀 값과 함께 시작함</translation>
    </message>
    <message>
        <source>Left as it was</source>
        <translation>그대로 둠</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>허용함</translation>
    </message>
    <message>
        <source>Taken from {client}</source>
        <translation>{client}의 내용 사용함</translation>
    </message>
    <message>
        <source>You</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>When</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>By</source>
        <translation>결정한 사람</translation>
    </message>
    <message>
        <source>Asked about</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>클라이언트</translation>
    </message>
    <message>
        <source>Which questions</source>
        <translation>질문 종류</translation>
    </message>
    <message>
        <source>next, previous</source>
        <translation>다음, 이전</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>답함</translation>
    </message>
    <message>
        <source>No question is open</source>
        <translation>열린 질문이 없습니다</translation>
    </message>
    <message>
        <source>Where clients differ and only you can tell what is meant, it is asked here.</source>
        <translation>클라이언트끼리 달라서 무엇이 맞는지 사용자만 알 수 있을 때 여기에서 묻습니다.</translation>
    </message>
    <message>
        <source>Nothing was answered yet</source>
        <translation>아직 답한 질문이 없습니다</translation>
    </message>
    <message>
        <source>What you decide is kept here, with when and by whom.</source>
        <translation>결정한 내용과 시각, 결정한 사람이 여기에 남습니다.</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{count}개 중 {number}번째</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Edit by hand</source>
        <translation>직접 편집</translation>
    </message>
    <message>
        <source>It is deleted everywhere</source>
        <translation>모든 곳에서 삭제됩니다</translation>
    </message>
    <message>
        <source>The text as every client should have it</source>
        <translation>모든 클라이언트에 쓸 내용</translation>
    </message>
    <message>
        <source>The fields as JSON</source>
        <translation>필드(JSON)</translation>
    </message>
    <message>
        <source>A secret is written as “secret:…”; leave that as it is.</source>
        <translation>비밀 값은 “secret:…”으로 표시됩니다. 그대로 두세요.</translation>
    </message>
    <message>
        <source>{count} {count:field is|fields are} the same everywhere: {names}</source>
        <translation>모두 같은 필드 {count}개: {names}</translation>
    </message>
    <message>
        <source>{count} {count:file|files} could not be written</source>
        <translation>파일 {count}개를 쓰지 못했습니다</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Changed in different ways</source>
        <translation>서로 다르게 바뀜</translation>
    </message>
    <message>
        <source>Which name is to stay?</source>
        <translation>어느 이름을 쓸까요?</translation>
    </message>
    <message>
        <source>Copy its secret?</source>
        <translation>비밀 값을 복사할까요?</translation>
    </message>
    <message>
        <source>Put the reference back?</source>
        <translation>참조를 되돌릴까요?</translation>
    </message>
    <message>
        <source>Were these meant to go?</source>
        <translation>지우려던 것입니까?</translation>
    </message>
    <message>
        <source>Older version written again</source>
        <translation>이전 내용이 다시 쓰임</translation>
    </message>
    <message>
        <source>Put lost text back?</source>
        <translation>사라진 내용을 되돌릴까요?</translation>
    </message>
    <message>
        <source>Allow it in more clients?</source>
        <translation>더 많은 클라이언트에 허용할까요?</translation>
    </message>
    <message>
        <source>Start its servers?</source>
        <translation>서버를 시작할까요?</translation>
    </message>
    <message>
        <source>{count} {count:name was|names were} given to {item}</source>
        <translation>이름 {count}개가 붙음: {item}</translation>
    </message>
    <message>
        <source>The file of {client} was reset</source>
        <translation>{client}의 파일이 초기화되었습니다</translation>
    </message>
    <message>
        <source>{count} {count:item is|items are} gone from {client}</source>
        <translation>{client}에서 항목 {count}개가 사라졌습니다</translation>
    </message>
    <message>
        <source>{item} holds a secret</source>
        <translation>{item}에 비밀 값이 있습니다</translation>
    </message>
    <message>
        <source>{item} has values where references were</source>
        <translation>{item}에서 참조가 있던 자리에 값이 있습니다</translation>
    </message>
    <message>
        <source>An older {item} is written again and again</source>
        <translation>{item}의 이전 내용이 계속 다시 쓰입니다</translation>
    </message>
    <message>
        <source>Text was dropped from the file of {client}</source>
        <translation>{client}의 파일에서 내용이 빠졌습니다</translation>
    </message>
    <message>
        <source>{count} {count:client is|clients are} stricter about {item}</source>
        <translation>클라이언트 {count}개가 더 엄격합니다: {item}</translation>
    </message>
    <message>
        <source>{item} brings {count} {count:server|servers}</source>
        <translation>{item}에 서버 {count}개가 있습니다</translation>
    </message>
    <message>
        <source>{item} was changed and deleted</source>
        <translation>한쪽은 바뀌고 한쪽은 삭제됨: {item}</translation>
    </message>
    <message>
        <source>{item} is not the same everywhere</source>
        <translation>{item:이/가/ 항목이} 모든 곳에서 같지 않습니다</translation>
    </message>
    <message>
        <source>{item} was changed in two ways</source>
        <translation>두 가지로 바뀜: {item}</translation>
    </message>
    <message>
        <source>{item} was changed in {count} {count:way|ways}</source>
        <translation>{count}가지로 바뀜: {item}</translation>
    </message>
    <message>
        <source>Server for all projects.</source>
        <translation>모든 프로젝트의 서버입니다.</translation>
    </message>
    <message>
        <source>Rules for all projects.</source>
        <translation>모든 프로젝트의 규칙입니다.</translation>
    </message>
    <message>
        <source>Permission for all projects.</source>
        <translation>모든 프로젝트의 권한입니다.</translation>
    </message>
    <message>
        <source>Server of the project {project}.</source>
        <translation>프로젝트의 서버입니다: {project}.</translation>
    </message>
    <message>
        <source>Rules of the project {project}.</source>
        <translation>프로젝트의 규칙입니다: {project}.</translation>
    </message>
    <message>
        <source>Permission of the project {project}.</source>
        <translation>프로젝트의 권한입니다: {project}.</translation>
    </message>
    <message>
        <source>Pick where they differ; the rest is merged.</source>
        <translation>다른 곳만 고르세요. 나머지는 병합됩니다.</translation>
    </message>
</context>
<context>
    <name>file edits</name>
    <message>
        <source>{client}: {file}</source>
        <translation>{client}: {file}</translation>
    </message>
    <message>
        <source>{file} (new file)</source>
        <translation>{file} (새 파일)</translation>
    </message>
    <message>
        <source>{file} (removed)</source>
        <translation>{file} (삭제됨)</translation>
    </message>
    <message>
        <source>Secrets are shown as dots.</source>
        <translation>비밀 값은 점으로 표시됩니다.</translation>
    </message>
    <message>
        <source>{what} is left out: {reason}</source>
        <translation>빠짐: {what} ({reason})</translation>
    </message>
</context>
<context>
    <name>loosening</name>
    <message>
        <source>{client} opens tools of {item}: {tools}</source>
        <translation>{client}에서 {item}의 도구가 열림: {tools}</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>거부됨</translation>
    </message>
    <message>
        <source>asked about</source>
        <translation>물어봄</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>허용됨</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>정하지 않음</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>{text}</source>
        <translation>{text}</translation>
    </message>
    <message>
        <source>The file cannot be read</source>
        <translation>파일을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>Mend it at that place, or restore an earlier version. Until then AISync does not write it.</source>
        <translation>그 위치를 고치거나 이전 버전을 복원하십시오. 그때까지 AISync는 이 파일에 기록하지 않습니다.</translation>
    </message>
    <message>
        <source>The text that begins at line {line}, column {column} has no closing quote.</source>
        <translation>{line}행 {column}열에서 시작하는 텍스트에 닫는 따옴표가 없습니다.</translation>
    </message>
    <message>
        <source>There is an invalid escape in a text at line {line}, column {column}.</source>
        <translation>{line}행 {column}열의 텍스트에 잘못된 이스케이프가 있습니다.</translation>
    </message>
    <message>
        <source>There is a control character in a text at line {line}, column {column}.</source>
        <translation>{line}행 {column}열의 텍스트에 제어 문자가 있습니다.</translation>
    </message>
    <message>
        <source>There is half a character (a lone surrogate) at line {line}, column {column}.</source>
        <translation>{line}행 {column}열에 반쪽 문자(짝 없는 서로게이트)가 있습니다.</translation>
    </message>
    <message>
        <source>A value is expected at line {line}, column {column}; this client does not accept comments.</source>
        <translation>{line}행 {column}열에 값이 있어야 합니다. 이 클라이언트는 주석을 허용하지 않습니다.</translation>
    </message>
    <message>
        <source>A colon is missing in line {line}, column {column}.</source>
        <translation>{line}행 {column}열에 콜론이 없습니다.</translation>
    </message>
    <message>
        <source>A comma or the closing bracket is missing in line {line}, column {column}.</source>
        <translation>{line}행 {column}열에 쉼표나 닫는 괄호가 없습니다.</translation>
    </message>
    <message>
        <source>The comment that begins at line {line}, column {column} has no end.</source>
        <translation>{line}행 {column}열에서 시작하는 주석이 끝나지 않았습니다.</translation>
    </message>
    <message>
        <source>An equals sign is missing in line {line}, column {column}.</source>
        <translation>{line}행 {column}열에 등호가 없습니다.</translation>
    </message>
    <message>
        <source>A key is missing in line {line}, column {column}.</source>
        <translation>{line}행 {column}열에 키가 없습니다.</translation>
    </message>
    <message>
        <source>There is a comma before a closing bracket at line {line}, column {column}, which this client does not accept.</source>
        <translation>{line}행 {column}열의 닫는 괄호 앞에 쉼표가 있습니다. 이 클라이언트는 이를 허용하지 않습니다.</translation>
    </message>
    <message>
        <source>There is an invalid number at line {line}, column {column}.</source>
        <translation>{line}행 {column}열에 잘못된 숫자가 있습니다.</translation>
    </message>
    <message>
        <source>The end of the file is expected at line {line}, column {column}.</source>
        <translation>{line}행 {column}열에서 파일이 끝나야 합니다.</translation>
    </message>
    <message>
        <source>The nesting is too deep at line {line}, column {column}.</source>
        <translation>{line}행 {column}열의 중첩이 너무 깊습니다.</translation>
    </message>
    <message>
        <source>A key occurs a second time at line {line}, column {column}.</source>
        <translation>{line}행 {column}열에 같은 키가 다시 나옵니다.</translation>
    </message>
    <message>
        <source>The text is not UTF-8 from line {line}, column {column} on.</source>
        <translation>{line}행 {column}열부터 텍스트가 UTF-8이 아닙니다.</translation>
    </message>
    <message>
        <source>The file begins with a byte order mark, which this client does not accept (line {line}, column {column}).</source>
        <translation>파일이 바이트 순서 표시(BOM)로 시작합니다. 이 클라이언트는 이를 허용하지 않습니다({line}행 {column}열).</translation>
    </message>
    <message>
        <source>The file is empty (line {line}, column {column}).</source>
        <translation>파일이 비어 있습니다({line}행 {column}열).</translation>
    </message>
    <message>
        <source>The file does not follow the rules of its format at line {line}, column {column}.</source>
        <translation>{line}행 {column}열이 파일 형식의 규칙에 맞지 않습니다.</translation>
    </message>
    <message>
        <source>A second document begins at line {line}, column {column}.</source>
        <translation>{line}행 {column}열에서 두 번째 문서가 시작됩니다.</translation>
    </message>
    <message>
        <source>There is a tag at line {line}, column {column} that AISync does not read.</source>
        <translation>{line}행 {column}열에 AISync가 읽지 않는 태그가 있습니다.</translation>
    </message>
    <message>
        <source>The alias at line {line}, column {column} names nothing that is complete before it.</source>
        <translation>{line}행 {column}열의 별칭이 그 앞에서 완성된 것을 가리키지 않습니다.</translation>
    </message>
    <message>
        <source>There is a tab at line {line}, column {column} where only spaces may be.</source>
        <translation>공백만 올 수 있는 {line}행 {column}열에 탭이 있습니다.</translation>
    </message>
    <message>
        <source>A plain value is expected at line {line}, column {column}, not a computed one.</source>
        <translation>{line}행 {column}열에는 계산식이 아닌 단순한 값이 있어야 합니다.</translation>
    </message>
    <message>
        <source>A value is missing in line {line}, column {column}.</source>
        <translation>{line}행 {column}열에 값이 없습니다.</translation>
    </message>
    <message>
        <source>A change cannot be written safely</source>
        <translation>변경을 안전하게 기록할 수 없습니다</translation>
    </message>
    <message>
        <source>Make this change by hand; AISync takes it up from there.</source>
        <translation>이 변경은 직접 적용하십시오. 그다음은 AISync가 이어받습니다.</translation>
    </message>
    <message>
        <source>At line {line}, column {column} there is a single value where a group of settings is needed.</source>
        <translation>{line}행 {column}열에 설정 그룹이 필요하지만 단일 값이 있습니다.</translation>
    </message>
    <message>
        <source>At line {line}, column {column} there is something else where a list is needed.</source>
        <translation>{line}행 {column}열에 목록이 필요하지만 다른 것이 있습니다.</translation>
    </message>
    <message>
        <source>The list at line {line}, column {column} has no such element.</source>
        <translation>{line}행 {column}열의 목록에 그런 요소가 없습니다.</translation>
    </message>
    <message>
        <source>The setting to be renamed is not there (line {line}, column {column}).</source>
        <translation>이름을 바꿀 설정이 없습니다({line}행 {column}열).</translation>
    </message>
    <message>
        <source>The new name is in use already (line {line}, column {column}).</source>
        <translation>새 이름이 이미 쓰이고 있습니다({line}행 {column}열).</translation>
    </message>
    <message>
        <source>The whole content cannot be taken out of a file (line {line}, column {column}).</source>
        <translation>파일의 내용 전체를 없앨 수는 없습니다({line}행 {column}열).</translation>
    </message>
    <message>
        <source>The value is nested too deeply for the file (line {line}, column {column}).</source>
        <translation>값의 중첩이 파일에 쓰기에는 너무 깊습니다({line}행 {column}열).</translation>
    </message>
    <message>
        <source>The file&apos;s format has no way to write this value (line {line}, column {column}).</source>
        <translation>이 파일 형식으로는 이 값을 쓸 수 없습니다({line}행 {column}열).</translation>
    </message>
    <message>
        <source>The setting occurs twice in the file (line {line}, column {column}).</source>
        <translation>파일에 같은 설정이 두 번 있습니다({line}행 {column}열).</translation>
    </message>
    <message>
        <source>An anchor, an alias or a merge key takes part at line {line}, column {column}.</source>
        <translation>{line}행 {column}열에 앵커, 별칭 또는 병합 키가 쓰였습니다.</translation>
    </message>
    <message>
        <source>There is a tab in the indentation at line {line}, column {column}.</source>
        <translation>{line}행 {column}열의 들여쓰기에 탭이 있습니다.</translation>
    </message>
    <message>
        <source>The way in which the file is written at line {line}, column {column} leaves no safe place for the change.</source>
        <translation>{line}행 {column}열의 작성 방식 때문에 변경을 안전하게 넣을 자리가 없습니다.</translation>
    </message>
    <message>
        <source>It has not answered within {seconds} {seconds:second|seconds}; it may still do what was asked.</source>
        <translation>{seconds}초 안에 응답하지 않았습니다. 요청한 일을 아직 하고 있을 수 있습니다.</translation>
    </message>
    <message>
        <source>The running app answers otherwise than expected</source>
        <translation>실행 중인 앱이 예상과 다르게 응답합니다</translation>
    </message>
    <message>
        <source>It may be of another version than this command.</source>
        <translation>이 명령과 버전이 다를 수 있습니다.</translation>
    </message>
    <message>
        <source>Quit the app, start it again, and look with “aisync status”.</source>
        <translation>앱을 종료했다가 다시 시작한 뒤 “aisync status”로 확인하십시오.</translation>
    </message>
    <message>
        <source>The running app has not answered</source>
        <translation>실행 중인 앱이 응답하지 않았습니다</translation>
    </message>
    <message>
        <source>It ended before that; it may have done what was asked.</source>
        <translation>응답하기 전에 종료되었습니다. 요청한 일은 이미 수행되었을 수 있습니다.</translation>
    </message>
    <message>
        <source>The running app refused</source>
        <translation>실행 중인 앱이 거부했습니다</translation>
    </message>
    <message>
        <source>It answered {status}: {detail}</source>
        <translation>응답 {status}: {detail}</translation>
    </message>
    <message>
        <source>Look at its log, or quit it and try again.</source>
        <translation>로그를 확인하거나, 앱을 종료한 뒤 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>Next: “aisync decisions” shows what is asked; “aisync decide {decision} --take …” answers it.</source>
        <translation>다음: “aisync decisions”는 질문을 보여 주고, “aisync decide {decision} --take …”로 답합니다.</translation>
    </message>
    <message>
        <source>This waits for a person</source>
        <translation>사람의 결정을 기다립니다</translation>
    </message>
    <message>
        <source>There is no “{name}”. Known are: {known}.</source>
        <translation>“{name}” 설정은 없습니다. 있는 설정: {known}.</translation>
    </message>
    <message>
        <source>Answer it in the window, or with “aisync decide {decision} --take allow” in a terminal.</source>
        <translation>창에서 답하거나 터미널에서 “aisync decide {decision} --take allow”로 답하십시오.</translation>
    </message>
    <message>
        <source>Next: “aisync init” shows what would be written, and asks you first.</source>
        <translation>다음: “aisync init”은 무엇을 쓸지 보여 주고 먼저 묻습니다.</translation>
    </message>
    <message>
        <source>Nothing to do. “aisync history” shows what was changed, “aisync --help” all commands.</source>
        <translation>할 일이 없습니다. “aisync history”는 변경 기록을, “aisync --help”는 모든 명령을 보여 줍니다.</translation>
    </message>
    <message>
        <source>Next: “aisync resume” goes on, and catches up.</source>
        <translation>다음: “aisync resume”은 다시 시작하고 밀린 것을 처리합니다.</translation>
    </message>
    <message>
        <source>Next: “aisync doctor” examines every file, and says what to do.</source>
        <translation>다음: “aisync doctor”는 모든 파일을 검사하고 할 일을 알려 줍니다.</translation>
    </message>
    <message>
        <source>Next: “aisync run” keeps everything in step from now on; “aisync sync” does it once.</source>
        <translation>다음: “aisync run”은 이제부터 계속 맞추고, “aisync sync”는 한 번 맞춥니다.</translation>
    </message>
    <message>
        <source>An assistant or another program asked for it; only a person settles it: it is question {decision}.</source>
        <translation>어시스턴트나 다른 프로그램이 요청했고 사람만 결정할 수 있습니다. 질문 {decision}에서 답을 기다립니다.</translation>
    </message>
    <message>
        <source>Only a person can do this</source>
        <translation>사람만 할 수 있습니다</translation>
    </message>
    <message>
        <source>It holds a secret, or may hold one, and none is kept until somebody answers.</source>
        <translation>비밀 값이 들어 있거나 들어 있을 수 있는데, 비밀 값은 누군가 답할 때까지 보관하지 않습니다.</translation>
    </message>
    <message>
        <source>Do it in a terminal of your own.</source>
        <translation>직접 터미널에서 실행하십시오.</translation>
    </message>
    <message>
        <source>This cannot be done any more</source>
        <translation>더 이상 할 수 없는 일입니다</translation>
    </message>
    <message>
        <source>An assistant asked another version of AISync for “{operation}”, which this one does not do so.</source>
        <translation>어시스턴트가 다른 버전의 AISync에 “{operation:”을/”를/” 작업을} 요청했는데, 이 버전은 그렇게 하지 않습니다.</translation>
    </message>
    <message>
        <source>“aisync decide {decision} --take leave” lets it go.</source>
        <translation>“aisync decide {decision} --take leave”로 요청을 지울 수 있습니다.</translation>
    </message>
    <message>
        <source>There is no such setting</source>
        <translation>그런 설정이 없습니다</translation>
    </message>
    <message>
        <source>“aisync settings get” shows all of them.</source>
        <translation>“aisync settings get”으로 모두 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>AISync does not run</source>
        <translation>AISync가 실행되고 있지 않습니다</translation>
    </message>
    <message>
        <source>There is no window to show.</source>
        <translation>표시할 창이 없습니다.</translation>
    </message>
    <message>
        <source>Start it with “aisync run”.</source>
        <translation>“aisync run”으로 시작하십시오.</translation>
    </message>
    <message>
        <source>This cannot be asked for so</source>
        <translation>이렇게는 요청할 수 없습니다</translation>
    </message>
    <message>
        <source>{place}: {reason}.</source>
        <translation>{place}: {reason}.</translation>
    </message>
    <message>
        <source>“--help” shows what the command takes.</source>
        <translation>“--help”로 명령이 받는 것을 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Allow them, as their lines are now?</source>
        <translation>지금 내용 그대로 허용하시겠습니까?</translation>
    </message>
    <message>
        <source>Answer with “aisync decide {decision} --take …”:</source>
        <translation>“aisync decide {decision} --take …”로 답합니다:</translation>
    </message>
    <message>
        <source>Write this and keep it in step from now on?</source>
        <translation>이대로 기록하고 앞으로 계속 맞추시겠습니까?</translation>
    </message>
    <message>
        <source>Put this version back?</source>
        <translation>이 버전으로 되돌리시겠습니까?</translation>
    </message>
    <message>
        <source>described after its documentation; versions seen: {versions}</source>
        <translation>문서에 따라 기술함. 확인한 버전: {versions}</translation>
    </message>
    <message>
        <source>checked with the client itself; versions: {versions}</source>
        <translation>클라이언트로 직접 확인함. 버전: {versions}</translation>
    </message>
    <message>
        <source>described after its source; versions: {versions}</source>
        <translation>소스에 따라 기술함. 버전: {versions}</translation>
    </message>
    <message>
        <source>Secrets are hidden here; “aisync show --version {version} -o FILE” writes the whole file.</source>
        <translation>여기서는 비밀 값을 가립니다. “aisync show --version {version} -o FILE”로 파일 전체를 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>as meant</source>
        <translation>뜻대로</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>다름</translation>
    </message>
    <message>
        <source>left alone</source>
        <translation>그대로 둠</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>There is no such item.</source>
        <translation>그런 항목이 없습니다.</translation>
    </message>
    <message>
        <source>{refused} Do it all the same?</source>
        <translation>{refused} 그래도 할까요?</translation>
    </message>
    <message>
        <source>Put every file back to what it had before AISync, and stop keeping them in step?</source>
        <translation>모든 파일을 AISync 이전의 내용으로 되돌리고 더는 맞추지 않으시겠습니까?</translation>
    </message>
    <message>
        <source>No assistant that AISync knows was found on this machine.</source>
        <translation>이 컴퓨터에서 AISync가 아는 어시스턴트를 찾지 못했습니다.</translation>
    </message>
    <message>
        <source>There is no history yet.</source>
        <translation>아직 기록이 없습니다.</translation>
    </message>
    <message>
        <source>No version of this file is kept: {path}</source>
        <translation>이 파일의 버전이 보관되어 있지 않습니다: {path}</translation>
    </message>
    <message>
        <source>No browser was found: open {path} in one within a minute.</source>
        <translation>브라우저를 찾지 못했습니다. 1분 안에 브라우저에서 {path}에 있는 파일을 여세요.</translation>
    </message>
    <message>
        <source>AISync runs without a window: it was started with “--headless”, or there is no screen.</source>
        <translation>AISync가 창 없이 실행 중입니다. “--headless”로 시작했거나 화면이 없습니다.</translation>
    </message>
    <message>
        <source>{edits} {edits:edit|edits} made there, {written} {written:file|files} written, {failed} failed, {retries} tried again</source>
        <translation>여기서 수정 {edits}건, 파일 {written}개 기록, 실패 {failed}건, 재시도 {retries}건</translation>
    </message>
    <message>
        <source>last written, in {took} ms</source>
        <translation>마지막 기록, {took}ms 걸림</translation>
    </message>
    <message>
        <source>last written</source>
        <translation>마지막 기록</translation>
    </message>
    <message>
        <source>From an edit to the last file: {mean} ms on average, half within {p50} ms, 95 % within {p95} ms, 99 % within {p99} ms</source>
        <translation>수정부터 마지막 파일까지: 평균 {mean}ms, 절반은 {p50}ms 이내, 95 %는 {p95}ms 이내, 99 %는 {p99}ms 이내</translation>
    </message>
    <message>
        <source>Lines in the log: {lines}</source>
        <translation>로그 줄 수: {lines}</translation>
    </message>
    <message>
        <source>Nothing was synced in the last {hours} {hours:hour|hours}.</source>
        <translation>지난 {hours}시간 동안 동기화한 것이 없습니다.</translation>
    </message>
    <message>
        <source>{program}: {cpu} s of processor time since it was started, {memory} MB of memory</source>
        <translation>{program}: 시작한 뒤 프로세서 시간 {cpu}초, 메모리 {memory}MB</translation>
    </message>
    <message>
        <source>The app</source>
        <translation>앱</translation>
    </message>
    <message>
        <source>This command, as the app does not run</source>
        <translation>이 명령(앱이 실행 중이 아님)</translation>
    </message>
    <message>
        <source>{count} {count:sync|syncs} in the last {hours} {hours:hour|hours}: {done} % reached every file, {failed} % failed</source>
        <translation>지난 {hours}시간 동안 동기화 {count}건: {done} %는 모든 파일에 반영, {failed} %는 실패</translation>
    </message>
    <message>
        <source>There is nobody to ask</source>
        <translation>물어볼 사람이 없습니다</translation>
    </message>
    <message>
        <source>The standard input is no terminal.</source>
        <translation>표준 입력이 터미널이 아닙니다.</translation>
    </message>
    <message>
        <source>Answer every question beforehand, with “--yes”.</source>
        <translation>“--yes”로 모든 질문에 미리 답하십시오.</translation>
    </message>
    <message>
        <source>Secrets are hidden here; the file gets them as they are.</source>
        <translation>여기서는 비밀을 숨기지만 파일에는 그대로 씁니다.</translation>
    </message>
    <message>
        <source>+{added} -{removed}</source>
        <translation>+{added} -{removed}</translation>
    </message>
    <message>
        <source>{count} {count:line|lines} more</source>
        <translation>{count}줄 더</translation>
    </message>
    <message>
        <source>new file, +{added}</source>
        <translation>새 파일, +{added}</translation>
    </message>
    <message>
        <source>goes, -{removed}</source>
        <translation>삭제, -{removed}</translation>
    </message>
    <message>
        <source>No project is kept in step; “aisync project add” begins with one.</source>
        <translation>맞추는 프로젝트가 없습니다. “aisync project add”로 시작합니다.</translation>
    </message>
    <message>
        <source>Nothing differs.</source>
        <translation>다른 것이 없습니다.</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>한 번 더</translation>
    </message>
    <message>
        <source>its time was over at {time}</source>
        <translation>{time}에 기한이 지났습니다</translation>
    </message>
    <message>
        <source>until it is revoked</source>
        <translation>취소할 때까지</translation>
    </message>
    <message>
        <source>A password is set that gives out tokens for an hour.</source>
        <translation>한 시간짜리 토큰을 내주는 암호가 설정되어 있습니다.</translation>
    </message>
    <message>
        <source>made by {by}</source>
        <translation>만든 곳: {by}</translation>
    </message>
    <message>
        <source>The new password</source>
        <translation>새 암호</translation>
    </message>
    <message>
        <source>No password is set.</source>
        <translation>설정된 암호가 없습니다.</translation>
    </message>
    <message>
        <source>No other program has a token.</source>
        <translation>토큰이 있는 다른 프로그램이 없습니다.</translation>
    </message>
    <message>
        <source>This is shown only now: AISync does not keep it.</source>
        <translation>지금 한 번만 표시됩니다. AISync는 이 값을 보관하지 않습니다.</translation>
    </message>
    <message>
        <source>There is no password any more; tokens that it gave out are over.</source>
        <translation>이제 암호가 없습니다. 그 암호로 내준 토큰은 더 이상 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>The password is set; tokens that another one gave out are over.</source>
        <translation>암호를 설정했습니다. 이전 암호로 내준 토큰은 더 이상 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Revoked: {names}</source>
        <translation>취소됨: {names}</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>{time}까지</translation>
    </message>
    <message>
        <source>There is no page “{page}”. Known: {known}</source>
        <translation>“{page}” 페이지가 없습니다. 있는 페이지: {known}</translation>
    </message>
    <message>
        <source>Working … {count} s</source>
        <translation>작업 중 … {count}초</translation>
    </message>
    <message>
        <source>Copying … {count} s</source>
        <translation>복사 중 … {count}초</translation>
    </message>
    <message>
        <source>{count} {count:row|rows} …</source>
        <translation>{count}행 …</translation>
    </message>
    <message>
        <source>Written to {path}.</source>
        <translation>{path}에 썼습니다.</translation>
    </message>
    <message>
        <source>{rows} {rows:row|rows} exported to {path}.</source>
        <translation>{path}에 {rows}행을 내보냈습니다.</translation>
    </message>
    <message>
        <source>The answer could not be written</source>
        <translation>답을 쓰지 못했습니다</translation>
    </message>
    <message>
        <source>The standard output takes nothing: {reason}.</source>
        <translation>표준 출력에 쓸 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>Only the answer is lost: what the command was to change is changed.</source>
        <translation>답만 잃었습니다. 명령이 바꾸려던 것은 바뀌었습니다.</translation>
    </message>
    <message>
        <source>Stopped, as nobody agreed.</source>
        <translation>동의가 없어 그만두었습니다.</translation>
    </message>
    <message>
        <source>This command cannot be understood</source>
        <translation>이 명령을 이해할 수 없습니다</translation>
    </message>
    <message>
        <source>A command is missing.</source>
        <translation>명령이 빠져 있습니다.</translation>
    </message>
    <message>
        <source>“{command} --help” tells what there is.</source>
        <translation>무엇이 있는지는 “{command} --help”로 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>A folder is missing</source>
        <translation>폴더가 없습니다</translation>
    </message>
    <message>
        <source>{path} cannot be written: there is no folder {folder}.</source>
        <translation>{path}에 쓸 수 없습니다. {folder} 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>Make the folder, or choose another place.</source>
        <translation>폴더를 만들거나 다른 곳을 고르십시오.</translation>
    </message>
    <message>
        <source>no file yet</source>
        <translation>파일 없음</translation>
    </message>
    <message>
        <source>installed: {program}, version {version}</source>
        <translation>설치됨: {program}, 버전 {version}</translation>
    </message>
    <message>
        <source>Everything is in step; nothing would be written.</source>
        <translation>모두 맞춰져 있어 기록할 것이 없습니다.</translation>
    </message>
    <message>
        <source>There is no client “{client}”. Known: {known}</source>
        <translation>“{client}”라는 클라이언트가 없습니다. 사용 가능: {known}</translation>
    </message>
    <message>
        <source>There is no setting “{name}”. Known: {known}</source>
        <translation>“{name}”라는 설정이 없습니다. 사용 가능: {known}</translation>
    </message>
    <message>
        <source>A setting cannot have this value</source>
        <translation>설정에 쓸 수 없는 값입니다</translation>
    </message>
    <message>
        <source>{name}: {reason}.</source>
        <translation>{name}: {reason}.</translation>
    </message>
    <message>
        <source>Change it with “aisync settings set {name} VALUE”, or the variable {variable}.</source>
        <translation>“aisync settings set {name} 값” 또는 {variable} 환경 변수로 바꾸십시오.</translation>
    </message>
    <message>
        <source>There is no display: running headless; Ctrl+C stops it.</source>
        <translation>디스플레이가 없어 화면 없이 실행합니다. Ctrl+C로 멈춥니다.</translation>
    </message>
    <message>
        <source>AISync runs already (process {pid}); its window is opened.</source>
        <translation>AISync가 이미 실행 중입니다(프로세스 {pid}). 그 창을 엽니다.</translation>
    </message>
    <message>
        <source>This is no backup that can be used</source>
        <translation>사용할 수 없는 백업입니다</translation>
    </message>
    <message>
        <source>The file is damaged, empty, or no database of AISync.</source>
        <translation>파일이 손상되었거나 비어 있거나 AISync의 데이터베이스가 아닙니다.</translation>
    </message>
    <message>
        <source>Choose another one. Nothing was changed.</source>
        <translation>다른 파일을 고르십시오. 아무것도 바뀌지 않았습니다.</translation>
    </message>
    <message>
        <source>Put this backup in the place of the database?</source>
        <translation>이 백업을 데이터베이스 자리에 놓으시겠습니까?</translation>
    </message>
    <message>
        <source>Backed up to {path}.</source>
        <translation>{path}에 백업했습니다.</translation>
    </message>
    <message>
        <source>The key to the kept versions is not in it: it stays in the keyring, or beside the database.</source>
        <translation>보관된 버전의 키는 들어 있지 않습니다. 키는 키링이나 데이터베이스 옆에 남습니다.</translation>
    </message>
    <message>
        <source>The key and the kept secrets are in it, under the passphrase; without that, nobody can read them.</source>
        <translation>키와 보관된 비밀 값이 암호문으로 보호되어 들어 있습니다. 암호문이 없으면 아무도 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>Passphrase of the backup</source>
        <translation>백업의 암호문</translation>
    </message>
    <message>
        <source>The database as it was: {path}</source>
        <translation>이전 데이터베이스: {path}</translation>
    </message>
    <message>
        <source>Restored from {path}. “aisync plan” shows what has changed since then.</source>
        <translation>{path}에서 복원했습니다. 그 뒤로 바뀐 것은 “aisync plan”으로 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>The backup cannot be read on this machine</source>
        <translation>이 컴퓨터에서 백업을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>It was made with key {key}, which is not here.</source>
        <translation>여기에 없는 {key} 키로 만든 백업입니다.</translation>
    </message>
    <message>
        <source>Bring that key back first: the entry “data-key:{key}” of the keyring, or the file “data-{key}.key” beside the database. Nothing was changed.</source>
        <translation>먼저 그 키를 가져오십시오. 키링의 “data-key:{key}” 항목이나 데이터베이스 옆의 “data-{key}.key” 파일입니다. 아무것도 바뀌지 않았습니다.</translation>
    </message>
    <message>
        <source>There is no such backup</source>
        <translation>그런 백업이 없습니다</translation>
    </message>
    <message>
        <source>{path} does not exist.</source>
        <translation>{path:이/가/ 파일이} 없습니다.</translation>
    </message>
    <message>
        <source>Name a file that “aisync backup” made. Nothing was changed.</source>
        <translation>“aisync backup”이 만든 파일을 지정하십시오. 바뀐 것은 없습니다.</translation>
    </message>
    <message>
        <source>There is nothing to back up yet</source>
        <translation>아직 백업할 것이 없습니다</translation>
    </message>
    <message>
        <source>AISync has no database on this machine.</source>
        <translation>이 컴퓨터에 AISync의 데이터베이스가 없습니다.</translation>
    </message>
    <message>
        <source>It makes one with “aisync init”.</source>
        <translation>“aisync init”이 데이터베이스를 만듭니다.</translation>
    </message>
    <message>
        <source>A client description cannot be used</source>
        <translation>클라이언트 설명 파일을 사용할 수 없습니다</translation>
    </message>
    <message>
        <source>At {place}: {reason}</source>
        <translation>{place}: {reason}</translation>
    </message>
    <message>
        <source>The file: {reason}</source>
        <translation>파일: {reason}</translation>
    </message>
    <message>
        <source>Mend the file or remove it; all other clients go on.</source>
        <translation>파일을 고치거나 삭제하십시오. 다른 클라이언트는 모두 계속됩니다.</translation>
    </message>
    <message>
        <source>There is no such client</source>
        <translation>그런 클라이언트가 없습니다</translation>
    </message>
    <message>
        <source>Nothing describes a client “{client}”.</source>
        <translation>“{client}” 클라이언트를 설명하는 파일이 없습니다.</translation>
    </message>
    <message>
        <source>Known are: {known}.</source>
        <translation>알려진 클라이언트: {known}.</translation>
    </message>
    <message>
        <source>“{item}” and “{other}” are the same server, or their tools get the same name.</source>
        <translation>“{item:”과/”와/” 항목과} “{other:”은/”는/” 항목은} 같은 서버이거나 도구 이름이 같아집니다.</translation>
    </message>
    <message>
        <source>Take one of them out, or rename it.</source>
        <translation>하나를 빼거나 이름을 바꾸십시오.</translation>
    </message>
    <message>
        <source>The client uses what is written here only after you have approved or trusted it there.</source>
        <translation>클라이언트에서 승인하거나 신뢰해야 여기에 쓴 내용이 쓰입니다.</translation>
    </message>
    <message>
        <source>Start the client in this place and look what it asks.</source>
        <translation>이 위치에서 클라이언트를 시작해 무엇을 묻는지 확인하십시오.</translation>
    </message>
    <message>
        <source>What is known of this client was checked against version {seen}; version {version} is here.</source>
        <translation>이 클라이언트에 대해 알려진 내용은 버전 {seen}에서 확인한 것이며, 여기에 있는 것은 버전 {version}입니다.</translation>
    </message>
    <message>
        <source>It is switched off.</source>
        <translation>꺼져 있습니다.</translation>
    </message>
    <message>
        <source>Once it is switched on again, it catches up.</source>
        <translation>다시 켜면 밀린 변경을 따라잡습니다.</translation>
    </message>
    <message>
        <source>There is nothing to do: every file is read back before it counts as written.</source>
        <translation>할 일은 없습니다. 모든 파일은 다시 읽어 확인한 뒤에야 쓴 것으로 칩니다.</translation>
    </message>
    <message>
        <source>This copy of {file} holds secrets in clear.</source>
        <translation>{file}의 이 사본에 비밀 값이 그대로 들어 있습니다.</translation>
    </message>
    <message>
        <source>Delete it when it is of no more use; a secret that others could read is to be changed.</source>
        <translation>더 필요 없으면 지우십시오. 다른 사람이 읽을 수 있었던 비밀 값은 바꿔야 합니다.</translation>
    </message>
    <message>
        <source>You have not agreed that AISync starts “{item}” as it is now with its secrets: it does not.</source>
        <translation>지금의 “{item:”을/”를/” 항목을} AISync가 비밀 값과 함께 시작하는 데 동의하지 않았으므로 시작하지 않습니다.</translation>
    </message>
    <message>
        <source>If it is meant so, agree with the repair.</source>
        <translation>의도한 것이면 고치기로 동의하십시오.</translation>
    </message>
    <message>
        <source>AISync does not start “{item}” with its secrets: its “{field}” refers to a variable, or to the folder that one is in, and whoever starts it would choose which program gets them.</source>
        <translation>AISync가 “{item:”을/”를/” 항목을} 비밀 값과 함께 시작하지 않습니다. “{field:”이/”가/” 필드가} 변수나 현재 폴더를 가리켜, 시작하는 쪽이 어떤 프로그램이 비밀 값을 받을지 정하게 됩니다.</translation>
    </message>
    <message>
        <source>Write out whole paths there; variables can be referred to in the server&apos;s environment.</source>
        <translation>그곳에 전체 경로를 적으십시오. 변수는 서버의 환경 변수에서 참조할 수 있습니다.</translation>
    </message>
    <message>
        <source>The program “{what}” of “{item}” is not found: AISync does not start it with its secrets.</source>
        <translation>“{item}”의 “{what}” 프로그램을 찾을 수 없어, AISync가 비밀 값과 함께 시작하지 않습니다.</translation>
    </message>
    <message>
        <source>Install it, give its whole path as the command, or call the doctor where it is found.</source>
        <translation>설치하거나, 명령에 전체 경로를 적거나, 프로그램을 찾을 수 있는 곳에서 doctor를 실행하십시오.</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>발견된 것이 없습니다.</translation>
    </message>
    <message>
        <source>The client does not read this file as long as there is {file}: what is changed here has no effect.</source>
        <translation>{file:이/가/ 파일이} 있는 동안 클라이언트는 이 파일을 읽지 않습니다. 여기서 바꾸는 것은 효과가 없습니다.</translation>
    </message>
    <message>
        <source>Move what you need to {file}, and take this file away.</source>
        <translation>필요한 것을 {file:으로/로/ 파일로} 옮기고 이 파일을 치우십시오.</translation>
    </message>
    <message>
        <source>The client joins this “{item}” with the one of the user, and starts it with the arguments of both.</source>
        <translation>클라이언트가 이 “{item:”을/”를/” 항목을} 사용자의 같은 이름 항목과 합쳐, 양쪽의 인수로 시작합니다.</translation>
    </message>
    <message>
        <source>Rename one of the two, or take it out at this client.</source>
        <translation>둘 중 하나의 이름을 바꾸거나, 이 클라이언트에서 빼십시오.</translation>
    </message>
    <message>
        <source>Write the references back with `aisync decide {id} --take base`.</source>
        <translation>`aisync decide {id} --take base`로 참조를 되돌려 쓰십시오.</translation>
    </message>
    <message>
        <source>AISync leaves “{item}” as it is in this file.</source>
        <translation>AISync는 이 파일의 “{item:”을/”를/” 항목을} 그대로 둡니다.</translation>
    </message>
    <message>
        <source>The client reads this file together with {file}, and only that one is kept in step.</source>
        <translation>클라이언트는 이 파일을 {file:과/와/ 파일과} 함께 읽지만, 맞추는 것은 그 파일뿐입니다.</translation>
    </message>
    <message>
        <source>Move what other clients should have to {file}.</source>
        <translation>다른 클라이언트에도 있어야 할 것은 {file:으로/로/ 파일로} 옮기십시오.</translation>
    </message>
    <message>
        <source>“{item}” has the field “{field}”, which {client} is not known to use; “{meant}” is like it.</source>
        <translation>“{item}”에 {client:이/가/ 클라이언트가} 쓰는 것으로 알려지지 않은 “{field}” 필드가 있습니다. “{meant:”과/”와/” 필드와} 비슷합니다.</translation>
    </message>
    <message>
        <source>If “{meant}” is meant, mend it.</source>
        <translation>“{meant:”을/”를/” 필드를} 뜻한 것이라면 고치십시오.</translation>
    </message>
    <message>
        <source>“{field}” has the client look for servers in another file than {file}, which is kept in step.</source>
        <translation>“{field}” 때문에 클라이언트가 맞추는 파일인 {file:이/가/ 파일이} 아닌 다른 파일에서 서버를 찾습니다.</translation>
    </message>
    <message>
        <source>Take this setting out, so that the client reads {file}.</source>
        <translation>클라이언트가 {file:을/를/ 파일을} 읽도록 이 설정을 빼십시오.</translation>
    </message>
    <message>
        <source>“{item}” cannot start: there is no “{what}” on the PATH.</source>
        <translation>“{item:”을/”를/” 항목을} 시작할 수 없습니다. PATH에 “{what}” 프로그램이 없습니다.</translation>
    </message>
    <message>
        <source>Install it, or mend the command.</source>
        <translation>설치하거나 명령을 고치십시오.</translation>
    </message>
    <message>
        <source>“{item}” has an address that no client understands: “{what}”.</source>
        <translation>“{item}”의 주소를 이해하는 클라이언트가 없습니다: “{what}”.</translation>
    </message>
    <message>
        <source>Mend its url; it begins with http:// or https://.</source>
        <translation>url을 고치십시오. http:// 또는 https://로 시작합니다.</translation>
    </message>
    <message>
        <source>“{item}” is kept here for this project and this client alone; it is not kept in step.</source>
        <translation>“{item:”은/”는/” 항목은} 이 프로젝트와 이 클라이언트만을 위해 여기에 있으며 맞추지 않습니다.</translation>
    </message>
    <message>
        <source>If other clients should have it, move it to the project&apos;s own file.</source>
        <translation>다른 클라이언트에도 있어야 한다면 프로젝트의 파일로 옮기십시오.</translation>
    </message>
    <message>
        <source>“{item}” is switched off in this project for this client alone; it is on for others.</source>
        <translation>“{item:”은/”는/” 항목은} 이 프로젝트에서 이 클라이언트에만 꺼져 있고 다른 클라이언트에는 켜져 있습니다.</translation>
    </message>
    <message>
        <source>If it should be off everywhere, switch it off for the user instead.</source>
        <translation>모든 곳에서 꺼야 한다면 사용자 설정에서 끄십시오.</translation>
    </message>
    <message>
        <source>This file holds secrets, and others on this machine may read it.</source>
        <translation>이 파일에 비밀 값이 있고 이 컴퓨터의 다른 사용자가 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>Make it private: chmod 600.</source>
        <translation>chmod 600으로 비공개로 만드십시오.</translation>
    </message>
    <message>
        <source>The client uses this “{item}” in this project, and not the one that is kept in step.</source>
        <translation>클라이언트는 이 프로젝트에서 맞추는 것이 아닌 이 “{item:”을/”를/” 항목을} 씁니다.</translation>
    </message>
    <message>
        <source>Take it out here, or rename it.</source>
        <translation>여기서 빼거나 이름을 바꾸십시오.</translation>
    </message>
    <message>
        <source>These two cannot be compared</source>
        <translation>이 둘은 비교할 수 없습니다</translation>
    </message>
    <message>
        <source>Choose two that are for all projects, or two of one project: “aisync history --scope”.</source>
        <translation>모든 프로젝트의 것 둘이나 한 프로젝트의 것 둘을 고르십시오: “aisync history --scope”.</translation>
    </message>
    <message>
        <source>Nothing to repair</source>
        <translation>고칠 것이 없음</translation>
    </message>
    <message>
        <source>There is no repair {repair} (any more).</source>
        <translation>{repair}이라는 고침은 (더는) 없습니다.</translation>
    </message>
    <message>
        <source>See `aisync doctor` for what can be repaired.</source>
        <translation>고칠 수 있는 것은 `aisync doctor`에서 확인하십시오.</translation>
    </message>
    <message>
        <source>Take the secret of “{item}” out of {file}: its entry has AISync start the server with it.</source>
        <translation>“{item}”의 비밀 값을 {file}에서 뺍니다. 대신 AISync가 그 값으로 서버를 시작합니다.</translation>
    </message>
    <message>
        <source>{id}: {summary}</source>
        <translation>{id}: {summary}</translation>
    </message>
    <message>
        <source>Make {file} private (mode 0600).</source>
        <translation>{file:을/를/ 파일을} 본인만 읽게 합니다(모드 0600).</translation>
    </message>
    <message>
        <source>Do this?</source>
        <translation>실행하시겠습니까?</translation>
    </message>
    <message>
        <source>Agree that AISync starts {program} with the secrets of “{item}”.</source>
        <translation>AISync가 “{item}”의 비밀 값과 함께 {program:을/를/ 프로그램을} 시작하는 데 동의합니다.</translation>
    </message>
    <message>
        <source>Write where AISync is now into {file}, for “{item}”.</source>
        <translation>“{item:”을/”를/” 항목을} 위해 AISync의 현재 위치를 {file}에 씁니다.</translation>
    </message>
    <message>
        <source>Write {names} in place of the secret of “{item}”, at all clients; it must be set where they are started.</source>
        <translation>모든 클라이언트에서 “{item}”의 비밀 값 대신 {names:을/를/ 변수를} 씁니다. 클라이언트를 시작하는 곳에 이 변수가 있어야 합니다.</translation>
    </message>
    <message>
        <source>Keep as before</source>
        <translation>이전대로 두기</translation>
    </message>
    <message>
        <source>Delete it, as {client} did</source>
        <translation>{client}처럼 삭제</translation>
    </message>
    <message>
        <source>Put them back</source>
        <translation>되돌려 놓기</translation>
    </message>
    <message>
        <source>They were meant to go</source>
        <translation>삭제한 것이 맞음</translation>
    </message>
    <message>
        <source>Write the reference back</source>
        <translation>참조로 되돌리기</translation>
    </message>
    <message>
        <source>Use the value everywhere</source>
        <translation>이 값을 모든 곳에 사용</translation>
    </message>
    <message>
        <source>Put the text back</source>
        <translation>글을 되돌려 넣기</translation>
    </message>
    <message>
        <source>Keep the file as it is</source>
        <translation>파일을 그대로 두기</translation>
    </message>
    <message>
        <source>Take what does not clash</source>
        <translation>충돌하지 않는 것만 사용</translation>
    </message>
    <message>
        <source>Call it “{name}”, as {client} does</source>
        <translation>{client}처럼 “{name:”으로/”로/” 이름으로}</translation>
    </message>
    <message>
        <source>Call it “{name}” again</source>
        <translation>다시 “{name:”으로/”로/” 이름으로}</translation>
    </message>
    <message>
        <source>Allow it</source>
        <translation>허용</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>하지 않음</translation>
    </message>
    <message>
        <source>Restore the whole file</source>
        <translation>파일 전체 복원</translation>
    </message>
    <message>
        <source>Copy the secret to them</source>
        <translation>비밀 값을 복사하기</translation>
    </message>
    <message>
        <source>Have AISync start it with the secret</source>
        <translation>AISync가 비밀 값과 함께 시작</translation>
    </message>
    <message>
        <source>Leave them without it</source>
        <translation>복사하지 않기</translation>
    </message>
    <message>
        <source>Allow what is ticked</source>
        <translation>선택한 것을 허용</translation>
    </message>
    <message>
        <source>Leave it where it stands</source>
        <translation>지금 있는 파일에만 두기</translation>
    </message>
    <message>
        <source>Take it from {client}</source>
        <translation>{client}의 내용 사용</translation>
    </message>
    <message>
        <source>Delete it again</source>
        <translation>다시 삭제</translation>
    </message>
    <message>
        <source>Write the newer one again</source>
        <translation>새 내용을 다시 쓰기</translation>
    </message>
    <message>
        <source>Take the older one from {client}</source>
        <translation>{client}의 이전 내용 사용</translation>
    </message>
    <message>
        <source>Take “{choice}”</source>
        <translation>“{choice}” 사용</translation>
    </message>
    <message>
        <source>Loosen it there, too</source>
        <translation>그곳에서도 완화</translation>
    </message>
    <message>
        <source>Leave them as strict as they are</source>
        <translation>지금처럼 엄격하게 두기</translation>
    </message>
    <message>
        <source>Write the references of “{item}” back.</source>
        <translation>“{item}”의 참조를 되돌려 씁니다.</translation>
    </message>
    <message>
        <source>As long as this file is there, the client does not read {file}, which is kept in step.</source>
        <translation>이 파일이 있는 동안 클라이언트는 맞추는 파일인 {file:을/를/ 파일을} 읽지 않습니다.</translation>
    </message>
    <message>
        <source>“{item}” holds a secret in clear, in {field}.</source>
        <translation>“{item}”의 {field}에 비밀 값이 그대로 있습니다.</translation>
    </message>
    <message>
        <source>Put it into an environment variable, and refer to that here.</source>
        <translation>환경 변수에 넣고 여기서는 그 변수를 참조하십시오.</translation>
    </message>
    <message>
        <source>“{item}” holds a secret in clear, in {field}, in a project&apos;s folder.</source>
        <translation>프로젝트 폴더에 있는 “{item}”의 {field}에 비밀 값이 그대로 있습니다.</translation>
    </message>
    <message>
        <source>Change it where it was issued, and refer to an environment variable here.</source>
        <translation>발급처에서 값을 바꾸고 여기서는 환경 변수를 참조하십시오.</translation>
    </message>
    <message>
        <source>This file holds secrets, and git keeps it.</source>
        <translation>이 파일에 비밀 값이 있고 git이 이 파일을 보관합니다.</translation>
    </message>
    <message>
        <source>Take them out, and change them where they were issued: git&apos;s history has them, too.</source>
        <translation>비밀 값을 빼고 발급처에서 바꾸십시오. git 기록에도 남아 있습니다.</translation>
    </message>
    <message>
        <source>The client reads the rule “{item}” twice: here and in {file}, which others need.</source>
        <translation>클라이언트가 규칙 “{item:”을/”를/” 항목을} 여기와, 다른 클라이언트에 필요한 {file}에서 두 번 읽습니다.</translation>
    </message>
    <message>
        <source>It does no harm, and both stay: taken out in one place, it would go everywhere.</source>
        <translation>해가 없으며 둘 다 둡니다. 한 곳에서 빼면 모든 곳에서 사라집니다.</translation>
    </message>
    <message>
        <source>“{item}” has the field “{field}”, which {client} is not known to use.</source>
        <translation>“{item}”에 {client:이/가/ 클라이언트가} 쓰는 것으로 알려지지 않은 “{field}” 필드가 있습니다.</translation>
    </message>
    <message>
        <source>It stays in this file, and no other client gets it. If it is a mistake, mend it.</source>
        <translation>이 파일에 그대로 두며 다른 클라이언트에는 전하지 않습니다. 잘못 쓴 것이라면 고치십시오.</translation>
    </message>
    <message>
        <source>The client reads this file, too; what is in it is not kept in step.</source>
        <translation>클라이언트는 이 파일도 읽습니다. 그 내용은 맞추지 않습니다.</translation>
    </message>
    <message>
        <source>Move what other clients should have to a file that is kept in step; `aisync clients` lists them.</source>
        <translation>다른 클라이언트에도 있어야 할 것은 맞추는 파일로 옮기십시오. `aisync clients`로 목록을 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>“{item}” refers to the variable {what}, which is not set here.</source>
        <translation>“{item:”이/”가/” 항목이} 참조하는 {what} 변수가 여기에 설정되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Set it in the environment that the client starts in.</source>
        <translation>클라이언트가 시작되는 환경에서 설정하십시오.</translation>
    </message>
    <message>
        <source>Project folder not found</source>
        <translation>프로젝트 폴더를 찾을 수 없음</translation>
    </message>
    <message>
        <source>The folder of this project is not there. Nothing of it is taken for deleted.</source>
        <translation>이 프로젝트의 폴더가 없습니다. 아무것도 삭제된 것으로 보지 않습니다.</translation>
    </message>
    <message>
        <source>Bring it back, or take it off the list with `aisync project remove`.</source>
        <translation>폴더를 되돌리거나 `aisync project remove`로 목록에서 빼십시오.</translation>
    </message>
    <message>
        <source>A configuration file was left alone</source>
        <translation>설정 파일을 건드리지 않았습니다</translation>
    </message>
    <message>
        <source>AISync stumbled over it by a fault of its own ({kind}).</source>
        <translation>AISync 자체 오류로 이 파일을 처리하지 못했습니다({kind}).</translation>
    </message>
    <message>
        <source>Report this; the other files go on.</source>
        <translation>이 문제를 알려 주십시오. 다른 파일은 계속 맞춥니다.</translation>
    </message>
    <message>
        <source>Not a project of AISync</source>
        <translation>AISync의 프로젝트가 아님</translation>
    </message>
    <message>
        <source>This folder is none of the projects that are kept in step.</source>
        <translation>이 폴더는 맞춰 두는 프로젝트가 아닙니다.</translation>
    </message>
    <message>
        <source>See `aisync project list`.</source>
        <translation>`aisync project list`를 확인하십시오.</translation>
    </message>
    <message>
        <source>This cannot be a project</source>
        <translation>프로젝트로 쓸 수 없음</translation>
    </message>
    <message>
        <source>There is no such change</source>
        <translation>그런 변경이 없습니다</translation>
    </message>
    <message>
        <source>The history has no change {number}.</source>
        <translation>기록에 변경 {number}번이 없습니다.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>그런 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>No folder is named, or not by its whole path.</source>
        <translation>폴더가 지정되지 않았거나 전체 경로가 아닙니다.</translation>
    </message>
    <message>
        <source>The name of this folder, or of one that it is in, is no text in UTF-8: it cannot be written down.</source>
        <translation>이 폴더나 그 상위 폴더의 이름이 UTF-8 텍스트가 아니어서 적어 둘 수 없습니다.</translation>
    </message>
    <message>
        <source>This folder is your home folder or holds it: its files are your own, not a project&apos;s.</source>
        <translation>홈 폴더이거나 홈 폴더를 포함하는 폴더입니다. 그 파일은 프로젝트가 아니라 사용자의 것입니다.</translation>
    </message>
    <message>
        <source>This folder belongs to the system.</source>
        <translation>시스템에 속한 폴더입니다.</translation>
    </message>
    <message>
        <source>This folder is AISync&apos;s own.</source>
        <translation>AISync 자체의 폴더입니다.</translation>
    </message>
    <message>
        <source>{name} keeps your own files in this folder; they are not a project&apos;s.</source>
        <translation>{name}에서 사용자의 파일을 두는 폴더입니다. 프로젝트의 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>Name the root folder of a project.</source>
        <translation>프로젝트의 루트 폴더를 지정하십시오.</translation>
    </message>
    <message>
        <source>The running app is busy</source>
        <translation>실행 중인 앱이 바쁩니다</translation>
    </message>
    <message>
        <source>Look with “aisync status” in a moment, and try again.</source>
        <translation>잠시 뒤 “aisync status”로 확인하고 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>The export is made, but it could not be written down.</source>
        <translation>내보냈지만 내보냈다는 기록은 남기지 못했습니다.</translation>
    </message>
    <message>
        <source>“aisync history” lists them.</source>
        <translation>“aisync history”로 목록을 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>One is of {before}, the other of {after}.</source>
        <translation>하나는 {before}, 다른 하나는 {after}의 것입니다.</translation>
    </message>
    <message>
        <source>There is no such version</source>
        <translation>그런 버전이 없습니다</translation>
    </message>
    <message>
        <source>No version of a file has the number {number}.</source>
        <translation>번호가 {number}인 파일 버전이 없습니다.</translation>
    </message>
    <message>
        <source>“aisync history --file PATH” lists those of a file.</source>
        <translation>“aisync history --file PATH”로 한 파일의 버전을 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>There was no file</source>
        <translation>파일이 없었습니다</translation>
    </message>
    <message>
        <source>This version says that the file did not exist.</source>
        <translation>이 버전은 파일이 없었음을 나타냅니다.</translation>
    </message>
    <message>
        <source>Choose another version of it.</source>
        <translation>그 파일의 다른 버전을 고르십시오.</translation>
    </message>
    <message>
        <source>Nothing is written now</source>
        <translation>지금은 아무것도 기록하지 않습니다</translation>
    </message>
    <message>
        <source>You have not agreed yet that AISync writes.</source>
        <translation>아직 AISync의 기록에 동의하지 않았습니다.</translation>
    </message>
    <message>
        <source>Begin with “aisync init”.</source>
        <translation>“aisync init”으로 시작하십시오.</translation>
    </message>
    <message>
        <source>Syncing is paused.</source>
        <translation>동기화가 일시 중지되어 있습니다.</translation>
    </message>
    <message>
        <source>Resume it in the tray or the window, or with `aisync resume`, first.</source>
        <translation>먼저 트레이나 창에서, 또는 `aisync resume`으로 다시 시작하십시오.</translation>
    </message>
    <message>
        <source>“{field}” cannot be said to other clients; the entry stays here.</source>
        <translation>“{field}” 필드는 다른 클라이언트에서 표현할 수 없어 이 항목은 여기에만 둡니다.</translation>
    </message>
    <message>
        <source>The entry is switched off by a list beside it; it stays here.</source>
        <translation>옆의 목록에서 꺼 둔 항목이므로 여기에만 둡니다.</translation>
    </message>
    <message>
        <source>The entry has “{field}”, which may not fit another kind of server.</source>
        <translation>이 항목의 “{field}” 필드는 다른 방식의 서버에 맞지 않을 수 있습니다.</translation>
    </message>
    <message>
        <source>A list beside it hides tools of the server; it stays here.</source>
        <translation>옆에 있는 목록이 이 서버의 도구를 숨기므로 여기에 그대로 둡니다.</translation>
    </message>
    <message>
        <source>The servers stand in the file without a key around them.</source>
        <translation>파일에 서버가 감싸는 키 없이 놓여 있습니다.</translation>
    </message>
    <message>
        <source>The place of the servers holds something else.</source>
        <translation>서버가 있을 자리에 다른 것이 있습니다.</translation>
    </message>
    <message>
        <source>The entry is not a table of fields.</source>
        <translation>이 항목은 필드로 이루어진 표가 아닙니다.</translation>
    </message>
    <message>
        <source>The entry has none of the forms that this client starts.</source>
        <translation>이 항목은 이 클라이언트가 시작할 수 있는 형식이 아닙니다.</translation>
    </message>
    <message>
        <source>A value looks like a variable reference, but this client does not read it as the others do.</source>
        <translation>값이 변수 참조처럼 보이지만, 이 클라이언트는 다른 클라이언트와 다르게 읽습니다.</translation>
    </message>
    <message>
        <source>The name stands here twice; which of the two counts is not known.</source>
        <translation>이 이름이 여기에 두 번 나옵니다. 둘 중 무엇이 유효한지 알 수 없습니다.</translation>
    </message>
    <message>
        <source>The file says in its own way when it applies; that cannot be said to other clients.</source>
        <translation>이 파일은 적용 시점을 자체 방식으로 나타내므로 다른 클라이언트에 전할 수 없습니다.</translation>
    </message>
    <message>
        <source>A file of this name cannot be made everywhere; it stays here.</source>
        <translation>이 이름의 파일은 모든 곳에 만들 수 없어 여기에 그대로 둡니다.</translation>
    </message>
    <message>
        <source>The client put values in the place of references; that waits for you.</source>
        <translation>클라이언트가 참조 자리에 값을 써 넣었습니다. 결정을 기다립니다.</translation>
    </message>
    <message>
        <source>A field holds a value of a type that this client refuses.</source>
        <translation>이 클라이언트가 받아들이지 않는 형식의 값이 필드에 있습니다.</translation>
    </message>
    <message>
        <source>Another program undoes what is written here</source>
        <translation>다른 프로그램이 여기에 쓴 것을 되돌립니다</translation>
    </message>
    <message>
        <source>The file is left alone for now; the others go on.</source>
        <translation>당분간 이 파일은 그대로 두고 나머지는 계속합니다.</translation>
    </message>
    <message>
        <source>Close that program, then sync: `aisync sync`.</source>
        <translation>그 프로그램을 닫은 뒤 맞추십시오: `aisync sync`.</translation>
    </message>
    <message>
        <source>A configuration file is gone</source>
        <translation>설정 파일이 사라졌습니다</translation>
    </message>
    <message>
        <source>Start the client once, or put the file back.</source>
        <translation>클라이언트를 한 번 실행하거나 파일을 되돌려 놓으십시오.</translation>
    </message>
    <message>
        <source>Nothing was written</source>
        <translation>아무것도 쓰지 않았습니다</translation>
    </message>
    <message>
        <source>By now something else would be written than what you were shown: files have changed meanwhile.</source>
        <translation>그 사이 파일이 바뀌어, 보여 드린 것과 다른 내용을 쓰게 됩니다.</translation>
    </message>
    <message>
        <source>Look at it again, and agree to that.</source>
        <translation>다시 살펴보고 그 내용에 동의해 주십시오.</translation>
    </message>
    <message>
        <source>“{item}” was not written</source>
        <translation>“{item:”을/”를/” 항목을} 쓰지 않았습니다</translation>
    </message>
    <message>
        <source>Here it stays as it was; all else goes on. Edit it in the file by hand, or switch it off.</source>
        <translation>여기서는 그대로 두고 나머지는 계속합니다. 파일에서 직접 고치거나 이 항목을 끄십시오.</translation>
    </message>
    <message>
        <source>{client} keeps writing back an older “{item}”. It may have to be restarted.</source>
        <translation>{client:이/가/ 클라이언트가} 이전의 “{item:”을/”를/” 항목을} 계속 다시 씁니다. 다시 시작해야 할 수 있습니다.</translation>
    </message>
    <message>
        <source>{client} wrote values in the place of the references in “{item}”: write the references back?</source>
        <translation>{client:이/가/ 클라이언트가} “{item}”의 참조 자리에 값을 써 넣었습니다. 참조를 되돌려 쓰시겠습니까?</translation>
    </message>
    <message>
        <source>It has only just gone; that is looked at again in a moment.</source>
        <translation>방금 사라졌습니다. 잠시 뒤 다시 살펴봅니다.</translation>
    </message>
    <message>
        <source>Many items are gone at once; that waits for you.</source>
        <translation>여러 항목이 한꺼번에 사라졌습니다. 결정을 기다립니다.</translation>
    </message>
    <message>
        <source>“{item}” was changed in different ways by {clients}</source>
        <translation>“{item:”을/”를/” 항목을} 여러 곳에서 다르게 고쳤습니다: {clients}</translation>
    </message>
    <message>
        <source>{client} dropped {comments} {comments:comment|comments} and {keys} {keys:setting|settings} that AISync does not know from {file}. Put them back?</source>
        <translation>{client:이/가/ 클라이언트가} {file}에서 주석 {comments}개와 AISync가 모르는 설정 {keys}개를 없앴습니다. 되돌려 넣으시겠습니까?</translation>
    </message>
    <message>
        <source>{client} dropped {count} {count:comment|comments} from {file}. Put {count:it|them} back?</source>
        <translation>{client:이/가/ 클라이언트가} {file}에서 주석 {count}개를 없앴습니다. 되돌려 넣으시겠습니까?</translation>
    </message>
    <message>
        <source>{client} dropped {keys} {keys:setting|settings} that AISync does not know from {file}. Put {keys:it|them} back?</source>
        <translation>{client:이/가/ 클라이언트가} {file}에서 AISync가 모르는 설정 {keys}개를 없앴습니다. 되돌려 넣으시겠습니까?</translation>
    </message>
    <message>
        <source>{client} spelled {count} {count:number|numbers} in {file} otherwise. Put {count:it|them} back?</source>
        <translation>{client:이/가/ 클라이언트가} {file}의 숫자 {count}개를 다르게 적었습니다. 되돌려 넣으시겠습니까?</translation>
    </message>
    <message>
        <source>{count} {count:item is|items are} gone from {client} at once: {items}. {count:Was it|Were they} meant to go?</source>
        <translation>{client}에서 항목 {count}개가 한꺼번에 사라졌습니다: {items}. 지우려던 것이 맞습니까?</translation>
    </message>
    <message>
        <source>{count} {count:server is|servers are} new or changed in the project “{project}”: {items}. Let other assistants start {count:it|them}, too, from its other files?</source>
        <translation>프로젝트 “{project}”에서 서버 {count}개가 새로 생기거나 바뀌었습니다: {items}. 프로젝트의 다른 파일에도 넣어 다른 어시스턴트가 시작하게 하시겠습니까?</translation>
    </message>
    <message>
        <source>“{item}” was given different names: {names}</source>
        <translation>“{item}”에 서로 다른 이름이 붙었습니다: {names}</translation>
    </message>
    <message>
        <source>“{item}” holds a secret: copy it to other clients?</source>
        <translation>“{item}”에 비밀 값이 있습니다. 다른 클라이언트에 복사하시겠습니까?</translation>
    </message>
    <message>
        <source>The edited file would not read back as it was meant. Report this.</source>
        <translation>고친 파일이 의도한 대로 읽히지 않습니다. 이 문제를 알려 주십시오.</translation>
    </message>
    <message>
        <source>It had items before; that is not taken for a deletion.</source>
        <translation>전에 항목이 있던 파일입니다. 삭제한 것으로 보지 않습니다.</translation>
    </message>
    <message>
        <source>The client wrote an older state back; that waits for you.</source>
        <translation>클라이언트가 이전 상태를 다시 썼습니다. 결정을 기다립니다.</translation>
    </message>
    <message>
        <source>Nothing to put right</source>
        <translation>고칠 것이 없습니다</translation>
    </message>
    <message>
        <source>The file can be read as it is.</source>
        <translation>파일을 지금 그대로 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>“aisync history --file” lists what was in it before.</source>
        <translation>“aisync history --file”에서 이전 내용을 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>The file was changed meanwhile</source>
        <translation>그사이에 파일이 변경되었습니다</translation>
    </message>
    <message>
        <source>It is not what you were shown any more; it stays as it is.</source>
        <translation>보여 드린 내용과 달라져 그대로 두었습니다.</translation>
    </message>
    <message>
        <source>Look at what would be written once more.</source>
        <translation>쓸 내용을 다시 확인하세요.</translation>
    </message>
    <message>
        <source>No earlier version to put back</source>
        <translation>되돌릴 이전 버전이 없습니다</translation>
    </message>
    <message>
        <source>History has no version of the file that can be read, or another one than you were shown.</source>
        <translation>기록에 읽을 수 있는 버전이 없거나, 보여 드린 것과 다른 버전입니다.</translation>
    </message>
    <message>
        <source>Look again, or open the file and repair it by hand.</source>
        <translation>다시 확인하거나, 파일을 열어 직접 고치세요.</translation>
    </message>
    <message>
        <source>AISync does not look after this file</source>
        <translation>AISync가 돌보는 파일이 아닙니다</translation>
    </message>
    <message>
        <source>It is none of the files that are kept in step.</source>
        <translation>동기화하는 파일 가운데 없습니다.</translation>
    </message>
    <message>
        <source>“aisync clients” lists those that are.</source>
        <translation>동기화하는 파일은 “aisync clients”로 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>It waits to be settled; going back leaves it as it is.</source>
        <translation>결정을 기다리는 항목이라 되돌리기에서 그대로 둡니다.</translation>
    </message>
    <message>
        <source>It is not kept in step here, as you set it.</source>
        <translation>설정하신 대로 여기서는 맞추지 않습니다.</translation>
    </message>
    <message>
        <source>The database was damaged</source>
        <translation>데이터베이스가 손상되었습니다</translation>
    </message>
    <message>
        <source>It was set aside as {name}, and a new one made from your files. Older history is in the old one.</source>
        <translation>{name:으로/로/ 이름으로} 따로 두고 파일에서 새로 만들었습니다. 이전 기록은 옛 데이터베이스에 있습니다.</translation>
    </message>
    <message>
        <source>Check the disk; keep the old file, or delete it.</source>
        <translation>디스크를 점검하십시오. 옛 파일은 두거나 지워도 됩니다.</translation>
    </message>
    <message>
        <source>There were changes since</source>
        <translation>그 뒤에 바뀐 것이 있습니다</translation>
    </message>
    <message>
        <source>“aisync history” lists them, “aisync rollback” goes back.</source>
        <translation>“aisync history”로 목록을 보고 “aisync rollback”으로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>There is nothing to undo</source>
        <translation>취소할 것이 없습니다</translation>
    </message>
    <message>
        <source>{item} added</source>
        <translation>{item:을/를/ 항목을} 추가했습니다</translation>
    </message>
    <message>
        <source>{item} added in {client}</source>
        <translation>{client}에 {item:을/를/ 항목을} 추가했습니다</translation>
    </message>
    <message>
        <source>{count} items added</source>
        <translation>항목 {count}개를 추가했습니다</translation>
    </message>
    <message>
        <source>{count} items added in {client}</source>
        <translation>{client}에 항목 {count}개를 추가했습니다</translation>
    </message>
    <message>
        <source>{items} {items:item|items} and {files} {files:file|files} put back.</source>
        <translation>항목 {items}개와 파일 {files}개를 되돌렸습니다.</translation>
    </message>
    <message>
        <source>{item} changed</source>
        <translation>{item:을/를/ 항목을} 고쳤습니다</translation>
    </message>
    <message>
        <source>{item} changed in {client}</source>
        <translation>{client}에서 {item:을/를/ 항목을} 고쳤습니다</translation>
    </message>
    <message>
        <source>{count} items changed</source>
        <translation>항목 {count}개를 고쳤습니다</translation>
    </message>
    <message>
        <source>{count} items changed in {client}</source>
        <translation>{client}에서 항목 {count}개를 고쳤습니다</translation>
    </message>
    <message>
        <source>{item} removed</source>
        <translation>{item:을/를/ 항목을} 삭제했습니다</translation>
    </message>
    <message>
        <source>{item} removed in {client}</source>
        <translation>{client}에서 {item:을/를/ 항목을} 삭제했습니다</translation>
    </message>
    <message>
        <source>{count} items removed</source>
        <translation>항목 {count}개를 삭제했습니다</translation>
    </message>
    <message>
        <source>{count} items removed in {client}</source>
        <translation>{client}에서 항목 {count}개를 삭제했습니다</translation>
    </message>
    <message>
        <source>Rules edited</source>
        <translation>규칙을 고쳤습니다</translation>
    </message>
    <message>
        <source>Rules edited in {client}</source>
        <translation>{client}에서 규칙을 고쳤습니다</translation>
    </message>
    <message>
        <source>{items} {items:item|items} synced, {files} {files:file|files} written.</source>
        <translation>항목 {items}개를 맞추고 파일 {files}개를 썼습니다.</translation>
    </message>
    <message>
        <source>Nothing was changed since the beginning.</source>
        <translation>처음부터 바뀐 것이 없습니다.</translation>
    </message>
    <message>
        <source>There is nothing of that name</source>
        <translation>그런 이름이 없습니다</translation>
    </message>
    <message>
        <source>“{what}” is no client, no kind and no item.</source>
        <translation>“{what}” 이름의 클라이언트, 종류, 항목이 없습니다.</translation>
    </message>
    <message>
        <source>“aisync clients” and “aisync items” list what there is.</source>
        <translation>“aisync clients”와 “aisync items”로 목록을 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>“{decision}” is not open, or not any more.</source>
        <translation>“{decision}” 항목은 대기 중이 아니거나 이미 처리되었습니다.</translation>
    </message>
    <message>
        <source>“aisync decisions” lists those that are.</source>
        <translation>대기 중인 항목은 “aisync decisions”로 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>“{item}” was changed again while you looked at it.</source>
        <translation>보는 동안 “{item:”이/”가/” 항목이} 다시 변경되었습니다.</translation>
    </message>
    <message>
        <source>Look at it again, then decide. Nothing was written.</source>
        <translation>다시 확인한 뒤 결정하십시오. 아무것도 쓰지 않았습니다.</translation>
    </message>
    <message>
        <source>All that was changed in “{item}” clashes.</source>
        <translation>“{item}”에서 바뀐 것이 모두 충돌합니다.</translation>
    </message>
    <message>
        <source>That is no such item</source>
        <translation>항목으로 볼 수 없습니다</translation>
    </message>
    <message>
        <source>What you wrote is not understood: {reason}.</source>
        <translation>쓰신 내용을 이해할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>“aisync items --json” shows items as they are written.</source>
        <translation>“aisync items --json”으로 항목을 어떻게 쓰는지 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>A secret would be copied to every client</source>
        <translation>비밀 값이 모든 클라이언트에 복사됩니다</translation>
    </message>
    <message>
        <source>“{field}” holds what looks like a secret.</source>
        <translation>“{field}”에 비밀 값으로 보이는 것이 있습니다.</translation>
    </message>
    <message>
        <source>Put it into an environment variable, and write {reference} in its place.</source>
        <translation>환경 변수에 넣고 그 자리에 {reference}라고 쓰십시오.</translation>
    </message>
    <message>
        <source>This cannot be taken here</source>
        <translation>여기서는 이 값을 선택할 수 없습니다</translation>
    </message>
    <message>
        <source>Take one of: {choices}.</source>
        <translation>다음 중에서 선택하십시오: {choices}.</translation>
    </message>
    <message>
        <source>Put the secret into the other file yourself, or a variable in its place into this one.</source>
        <translation>비밀 값을 다른 파일에 직접 넣거나, 이 파일의 값을 변수로 바꾸십시오.</translation>
    </message>
    <message>
        <source>Some folders cannot be watched</source>
        <translation>일부 폴더를 감시할 수 없습니다</translation>
    </message>
    <message>
        <source>{count} {count:folder is|folders are} looked at every {seconds} {seconds:second|seconds} instead.</source>
        <translation>대신 폴더 {count}개를 {seconds}초마다 살펴봅니다.</translation>
    </message>
    <message>
        <source>Raise the system&apos;s limit: {command}</source>
        <translation>시스템의 한도를 올리십시오: {command}</translation>
    </message>
    <message>
        <source>Nothing needs to be done; changes are seen later.</source>
        <translation>할 일은 없습니다. 변경을 조금 늦게 알아차립니다.</translation>
    </message>
    <message>
        <source>Syncing has stopped because of an error</source>
        <translation>오류 때문에 동기화가 멈췄습니다</translation>
    </message>
    <message>
        <source>It holds a secret, which is never copied into a project&apos;s files; a reference would be.</source>
        <translation>비밀 값이 있어 프로젝트 파일에는 절대 복사하지 않습니다. 참조라면 복사합니다.</translation>
    </message>
    <message>
        <source>It holds a secret that you did not want to be copied here.</source>
        <translation>여기에 복사하지 않기로 하신 비밀 값이 있습니다.</translation>
    </message>
    <message>
        <source>It holds a secret that is in no client&apos;s file any more.</source>
        <translation>이제 어느 클라이언트의 파일에도 없는 비밀 값이 있습니다.</translation>
    </message>
    <message>
        <source>The client cannot talk to a server of this kind.</source>
        <translation>이 클라이언트는 이런 종류의 서버와 통신할 수 없습니다.</translation>
    </message>
    <message>
        <source>The client has no field for “{field}”.</source>
        <translation>이 클라이언트에는 “{field}” 필드가 없습니다.</translation>
    </message>
    <message>
        <source>Without “{field}”, which the client does not know, the server would do more than it may.</source>
        <translation>이 클라이언트는 “{field}” 필드를 모릅니다. 이 필드가 없으면 서버가 허용된 것보다 많은 일을 하게 됩니다.</translation>
    </message>
    <message>
        <source>The client does not accept this name.</source>
        <translation>이 클라이언트는 이 이름을 받아들이지 않습니다.</translation>
    </message>
    <message>
        <source>The client cannot say when this rule applies, so it would apply more widely than it may.</source>
        <translation>클라이언트가 이 규칙의 적용 시점을 나타낼 수 없어 허용된 것보다 넓게 적용됩니다.</translation>
    </message>
    <message>
        <source>The client would take the beginning of this text for something else.</source>
        <translation>클라이언트가 이 글의 첫머리를 다른 것으로 받아들입니다.</translation>
    </message>
    <message>
        <source>The client has one text of rules and no place for another.</source>
        <translation>클라이언트에는 규칙 글이 하나뿐이고 다른 글을 둘 곳이 없습니다.</translation>
    </message>
    <message>
        <source>The client has no file for the text that all clients share.</source>
        <translation>클라이언트에는 모두가 함께 쓰는 글을 둘 파일이 없습니다.</translation>
    </message>
    <message>
        <source>The file that would be imported, {file}, holds another text that AISync has not taken up yet.</source>
        <translation>가져올 파일 {file}에 AISync가 아직 받아들이지 않은 다른 글이 있습니다.</translation>
    </message>
    <message>
        <source>The client reads only the first {bytes} bytes of this text.</source>
        <translation>클라이언트는 이 글의 처음 {bytes}바이트만 읽습니다.</translation>
    </message>
    <message>
        <source>The client reads no text of more than {bytes} bytes.</source>
        <translation>클라이언트는 {bytes}바이트보다 긴 글을 읽지 않습니다.</translation>
    </message>
    <message>
        <source>The client does not read the files that this text imports.</source>
        <translation>클라이언트는 이 글이 가져오는 파일을 읽지 않습니다.</translation>
    </message>
    <message>
        <source>The client has no switch: what is off is taken out there, and comes back when it is on.</source>
        <translation>클라이언트에 끄는 설정이 없어, 꺼진 항목은 빼 두었다가 켜면 되돌립니다.</translation>
    </message>
    <message>
        <source>It is switched off beside the file, where this client does not look: it stays on there.</source>
        <translation>이 클라이언트가 보지 않는 곳에서 꺼져 있어 거기서는 켜진 채로 남습니다.</translation>
    </message>
    <message>
        <source>The client has no switch, and the entry has a secret that could not be put back: it stays on there.</source>
        <translation>클라이언트에 끄는 설정이 없고 항목에 되돌려 넣을 수 없는 비밀 값이 있어 켜진 채로 둡니다.</translation>
    </message>
    <message>
        <source>The client cannot express this reference to a variable.</source>
        <translation>이 클라이언트는 이 변수 참조를 표현할 수 없습니다.</translation>
    </message>
    <message>
        <source>The client cannot express the exact number of “{field}”.</source>
        <translation>클라이언트가 “{field}”의 정확한 수를 나타낼 수 없습니다.</translation>
    </message>
    <message>
        <source>The client would take this list of tools for all of them.</source>
        <translation>클라이언트가 이 도구 목록을 모든 도구로 받아들입니다.</translation>
    </message>
    <message>
        <source>The client would take a value for the name of a variable.</source>
        <translation>클라이언트가 값을 변수 이름으로 받아들입니다.</translation>
    </message>
    <message>
        <source>The client refuses a variable of this name.</source>
        <translation>클라이언트가 이 이름의 변수를 거부합니다.</translation>
    </message>
    <message>
        <source>The client hands this text to a shell, which would change it.</source>
        <translation>클라이언트가 이 글을 셸에 넘기며 셸이 글을 바꿉니다.</translation>
    </message>
    <message>
        <source>File problem</source>
        <translation>파일 문제</translation>
    </message>
    <message>
        <source>The system refused an operation on {path} ({error}).</source>
        <translation>시스템이 {path}에 대한 작업을 거부했습니다({error}).</translation>
    </message>
    <message>
        <source>Look at the file and its folder; AISync will try again.</source>
        <translation>파일과 폴더를 확인하십시오. AISync가 다시 시도합니다.</translation>
    </message>
    <message>
        <source>No permission</source>
        <translation>권한 없음</translation>
    </message>
    <message>
        <source>AISync is not allowed to open or change {path}.</source>
        <translation>AISync에 {path} 파일을 열거나 바꿀 권한이 없습니다.</translation>
    </message>
    <message>
        <source>Check the permissions of the file and its folder; AISync will try again.</source>
        <translation>파일과 폴더의 권한을 확인하십시오. AISync가 다시 시도합니다.</translation>
    </message>
    <message>
        <source>{path} is a link to {end}: AISync changes the rights of files, not those behind links.</source>
        <translation>{path} 파일은 {end} 파일에 대한 링크입니다. AISync는 파일 자체의 권한만 바꾸고, 링크 너머의 권한은 바꾸지 않습니다.</translation>
    </message>
    <message>
        <source>Make {end} writable yourself.</source>
        <translation>{end} 파일을 직접 쓸 수 있게 바꾸세요.</translation>
    </message>
    <message>
        <source>The rights stayed as they are</source>
        <translation>권한을 그대로 두었습니다</translation>
    </message>
    <message>
        <source>File is write-protected</source>
        <translation>쓰기 금지된 파일</translation>
    </message>
    <message>
        <source>Nobody is allowed to write {path}, so AISync leaves it alone.</source>
        <translation>{path} 파일은 누구도 쓸 수 없도록 되어 있어 AISync가 건드리지 않습니다.</translation>
    </message>
    <message>
        <source>Make the file writable if AISync should keep it in step.</source>
        <translation>AISync로 맞추려면 파일을 쓰기 가능하게 바꾸십시오.</translation>
    </message>
    <message>
        <source>File belongs to somebody else</source>
        <translation>다른 사용자의 파일</translation>
    </message>
    <message>
        <source>{path} belongs to another user or group, and a new version of it could not be given back to them.</source>
        <translation>{path} 파일은 다른 사용자나 그룹의 것이며, 새 버전의 소유자를 그대로 되돌릴 수 없습니다.</translation>
    </message>
    <message>
        <source>Make yourself the owner of the file, or switch this client off.</source>
        <translation>파일의 소유자를 본인으로 바꾸거나 이 클라이언트를 끄십시오.</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>읽기 전용 파일 시스템</translation>
    </message>
    <message>
        <source>{path} is on a file system that is mounted read-only.</source>
        <translation>{path} 파일이 읽기 전용으로 마운트된 파일 시스템에 있습니다.</translation>
    </message>
    <message>
        <source>Mount it writable, or switch this client off.</source>
        <translation>쓰기 가능하게 마운트하거나 이 클라이언트를 끄십시오.</translation>
    </message>
    <message>
        <source>Disk is full</source>
        <translation>디스크가 가득 참</translation>
    </message>
    <message>
        <source>There is no room left for a new version of {path}. The old one is untouched.</source>
        <translation>{path} 파일의 새 버전을 쓸 공간이 없습니다. 이전 버전은 그대로입니다.</translation>
    </message>
    <message>
        <source>Free some space; AISync will try again.</source>
        <translation>공간을 확보하십시오. AISync가 다시 시도합니다.</translation>
    </message>
    <message>
        <source>Disk quota used up</source>
        <translation>디스크 할당량 초과</translation>
    </message>
    <message>
        <source>Your disk quota leaves no room for a new version of {path}. The old one is untouched.</source>
        <translation>디스크 할당량 때문에 {path} 파일의 새 버전을 쓸 공간이 없습니다. 이전 버전은 그대로입니다.</translation>
    </message>
    <message>
        <source>Path is too long</source>
        <translation>경로가 너무 김</translation>
    </message>
    <message>
        <source>The system does not accept a path as long as {path}.</source>
        <translation>시스템이 이렇게 긴 경로를 받아들이지 않습니다: {path}</translation>
    </message>
    <message>
        <source>Use a shorter folder name.</source>
        <translation>더 짧은 폴더 이름을 사용하십시오.</translation>
    </message>
    <message>
        <source>File is too large</source>
        <translation>파일이 너무 큼</translation>
    </message>
    <message>
        <source>{path} is too large for a configuration file.</source>
        <translation>{path} 파일은 설정 파일이라기에는 너무 큽니다.</translation>
    </message>
    <message>
        <source>Check whether this is the right file.</source>
        <translation>올바른 파일인지 확인하십시오.</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>열린 파일이 너무 많음</translation>
    </message>
    <message>
        <source>The system has no file handle left to open {path}.</source>
        <translation>{path} 파일을 열 파일 핸들이 시스템에 남아 있지 않습니다.</translation>
    </message>
    <message>
        <source>Close some programs; AISync will try again.</source>
        <translation>프로그램을 몇 개 닫으십시오. AISync가 다시 시도합니다.</translation>
    </message>
    <message>
        <source>A folder is in the way</source>
        <translation>폴더가 자리를 차지하고 있음</translation>
    </message>
    <message>
        <source>{path} is a folder; a file is expected there.</source>
        <translation>파일이 있어야 할 {path}에 폴더가 있습니다.</translation>
    </message>
    <message>
        <source>Move the folder away.</source>
        <translation>폴더를 다른 곳으로 옮기십시오.</translation>
    </message>
    <message>
        <source>A file is in the way</source>
        <translation>파일이 자리를 차지하고 있음</translation>
    </message>
    <message>
        <source>A part of the path {path} is a file; a folder is expected there.</source>
        <translation>폴더가 있어야 할 {path} 경로의 일부가 파일입니다.</translation>
    </message>
    <message>
        <source>Move the file away.</source>
        <translation>파일을 다른 곳으로 옮기십시오.</translation>
    </message>
    <message>
        <source>Not a regular file</source>
        <translation>일반 파일이 아님</translation>
    </message>
    <message>
        <source>{path} is a device, a pipe or a socket; a file is expected there.</source>
        <translation>파일이 있어야 할 {path}에 장치, 파이프 또는 소켓이 있습니다.</translation>
    </message>
    <message>
        <source>Put a regular file in its place.</source>
        <translation>그 자리에 일반 파일을 두십시오.</translation>
    </message>
    <message>
        <source>Symbolic links form a loop</source>
        <translation>순환하는 심볼릭 링크</translation>
    </message>
    <message>
        <source>The symbolic links at {path} lead in a circle.</source>
        <translation>{path}의 심볼릭 링크가 서로를 돌아가며 가리킵니다.</translation>
    </message>
    <message>
        <source>Correct the links.</source>
        <translation>링크를 바로잡으십시오.</translation>
    </message>
    <message>
        <source>Symbolic link leads nowhere</source>
        <translation>대상이 없는 심볼릭 링크</translation>
    </message>
    <message>
        <source>{path} is reached by a symbolic link into a folder that does not exist.</source>
        <translation>{path} 파일로 가는 심볼릭 링크가 존재하지 않는 폴더를 가리킵니다.</translation>
    </message>
    <message>
        <source>Create that folder (or mount its disk), or remove the link.</source>
        <translation>그 폴더를 만들거나(또는 디스크를 마운트하거나) 링크를 삭제하십시오.</translation>
    </message>
    <message>
        <source>Link leads out of the project</source>
        <translation>링크가 프로젝트 밖으로 나갑니다</translation>
    </message>
    <message>
        <source>A link at {path} leads to {end}, which is outside of the project. It is neither read nor written.</source>
        <translation>{path}의 링크가 프로젝트 밖의 {end:으로/로/ 위치로} 이어집니다. 읽지도 쓰지도 않습니다.</translation>
    </message>
    <message>
        <source>Find out who made this link; then put a file or a folder of the project in its place, or remove the project.</source>
        <translation>누가 이 링크를 만들었는지 확인하십시오. 그런 다음 그 자리에 프로젝트의 파일이나 폴더를 두거나, 프로젝트를 목록에서 빼십시오.</translation>
    </message>
    <message>
        <source>File belongs to something else, too</source>
        <translation>다른 곳에도 속하는 파일</translation>
    </message>
    <message>
        <source>{path} is the same file as {other}, which is no part of this project. The project leaves it alone.</source>
        <translation>{path:은/는/ 파일은} 이 프로젝트에 속하지 않는 {other:과/와/ 파일과} 같은 파일입니다. 프로젝트에서는 그대로 둡니다.</translation>
    </message>
    <message>
        <source>Give the project a file of its own, or take it off the list.</source>
        <translation>프로젝트에 별도의 파일을 두거나, 프로젝트를 목록에서 빼십시오.</translation>
    </message>
    <message>
        <source>File has several names</source>
        <translation>이름이 여러 개인 파일</translation>
    </message>
    <message>
        <source>{path} is hard-linked: its other names may be anywhere, and replacing it safely would part it from them.</source>
        <translation>{path:은/는/ 파일은} 하드 링크된 파일입니다. 다른 이름이 어디에 있을지 모르며, 안전하게 바꾸면 그 이름들과 갈라집니다.</translation>
    </message>
    <message>
        <source>Replace the hard link by a symbolic link or a copy.</source>
        <translation>하드 링크를 심볼릭 링크나 사본으로 바꾸십시오.</translation>
    </message>
    <message>
        <source>File went away</source>
        <translation>사라진 파일</translation>
    </message>
    <message>
        <source>{path} or its folder disappeared while AISync worked on it.</source>
        <translation>AISync가 작업하는 동안 {path} 파일이나 그 폴더가 사라졌습니다.</translation>
    </message>
    <message>
        <source>Nothing to do; AISync will look again.</source>
        <translation>할 일은 없습니다. AISync가 다시 확인합니다.</translation>
    </message>
    <message>
        <source>File is busy</source>
        <translation>사용 중인 파일</translation>
    </message>
    <message>
        <source>{path} keeps changing or is in use by another program.</source>
        <translation>{path} 파일이 계속 바뀌고 있거나 다른 프로그램이 사용 중입니다.</translation>
    </message>
    <message>
        <source>Nothing to do; AISync will try again.</source>
        <translation>할 일은 없습니다. AISync가 다시 시도합니다.</translation>
    </message>
    <message>
        <source>File is locked by its client</source>
        <translation>클라이언트가 잠근 파일</translation>
    </message>
    <message>
        <source>The client holds its lock on {path}.</source>
        <translation>클라이언트가 {path} 파일을 잠그고 있습니다.</translation>
    </message>
    <message>
        <source>Disk or network failure</source>
        <translation>디스크 또는 네트워크 오류</translation>
    </message>
    <message>
        <source>The disk or the network behind {path} reported a failure.</source>
        <translation>{path} 파일이 있는 디스크나 네트워크에서 오류를 알렸습니다.</translation>
    </message>
    <message>
        <source>Check the disk or the connection; AISync will try again.</source>
        <translation>디스크나 연결을 확인하십시오. AISync가 다시 시도합니다.</translation>
    </message>
    <message>
        <source>No home folder</source>
        <translation>홈 폴더 없음</translation>
    </message>
    <message>
        <source>The environment names no home folder that exists ({path}).</source>
        <translation>환경에 지정된 홈 폴더가 존재하지 않습니다({path}).</translation>
    </message>
    <message>
        <source>Set HOME to your home folder, or AISYNC_HOME to a folder for AISync.</source>
        <translation>HOME을 홈 폴더로, 또는 AISYNC_HOME을 AISync용 폴더로 설정하십시오.</translation>
    </message>
    <message>
        <source>AISync cannot use its own folder</source>
        <translation>AISync가 자신의 폴더를 사용할 수 없음</translation>
    </message>
    <message>
        <source>{path} cannot be read and written.</source>
        <translation>{path} 폴더를 읽고 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Check its permissions and the free space, or set AISYNC_HOME to another folder.</source>
        <translation>권한과 남은 공간을 확인하거나 AISYNC_HOME을 다른 폴더로 설정하십시오.</translation>
    </message>
    <message>
        <source>There is a file already</source>
        <translation>이미 파일이 있습니다</translation>
    </message>
    <message>
        <source>{path} exists.</source>
        <translation>{path} 파일이 있습니다.</translation>
    </message>
    <message>
        <source>Name another file, or replace this one with --force.</source>
        <translation>다른 파일을 지정하거나 --force로 바꾸십시오.</translation>
    </message>
    <message>
        <source>This place is AISync&apos;s own</source>
        <translation>AISync 자신의 자리입니다</translation>
    </message>
    <message>
        <source>{path} is among the files that AISync lives from.</source>
        <translation>{path:은/는/ 파일은} AISync가 쓰는 파일들 사이에 있습니다.</translation>
    </message>
    <message>
        <source>Name a file in another folder.</source>
        <translation>다른 폴더의 파일을 지정하십시오.</translation>
    </message>
    <message>
        <source>AISync is already running</source>
        <translation>AISync가 이미 실행 중입니다</translation>
    </message>
    <message>
        <source>Another AISync (process {pid}) is at work on {path}.</source>
        <translation>프로세스 {pid}의 다른 AISync가 {path}에서 작업 중입니다.</translation>
    </message>
    <message>
        <source>Use the one that runs, or quit it first.</source>
        <translation>실행 중인 것을 사용하거나 먼저 종료하십시오.</translation>
    </message>
    <message>
        <source>Another AISync took the place of this one</source>
        <translation>다른 AISync가 이 AISync의 자리를 차지했습니다</translation>
    </message>
    <message>
        <source>{path} was removed or moved away, and process {pid} is at work there now.</source>
        <translation>{path:이/가/ 파일이} 지워지거나 옮겨졌고, 지금은 프로세스 {pid:이/가} 그곳에서 일하고 있습니다.</translation>
    </message>
    <message>
        <source>Use the one that runs there; this one has stopped.</source>
        <translation>그곳에서 실행 중인 것을 쓰십시오. 이 AISync는 멈췄습니다.</translation>
    </message>
    <message>
        <source>The settings were damaged</source>
        <translation>설정이 손상되었습니다</translation>
    </message>
    <message>
        <source>Their file was set aside as {name}. What could be read of it is kept; every other setting has its default.</source>
        <translation>설정 파일을 {name:으로/로/ 이름으로} 따로 두었습니다. 읽을 수 있던 값은 그대로 두고, 나머지 설정은 기본값으로 했습니다.</translation>
    </message>
    <message>
        <source>Look at them with “aisync settings get”; keep the old file, or delete it.</source>
        <translation>“aisync settings get”으로 확인하십시오. 옛 파일은 두거나 지워도 됩니다.</translation>
    </message>
    <message>
        <source>Either AISync did not run for so long, or the clock is, or was, wrong. That time does not count for the age of history: nothing is deleted because of it.</source>
        <translation>AISync가 그동안 실행되지 않았거나, 시계가 잘못되어 있습니다(또는 잘못되어 있었습니다). 이 시간은 기록의 나이에 들어가지 않으며, 이 때문에 지워지는 것은 없습니다.</translation>
    </message>
    <message>
        <source>Too much waits for a person</source>
        <translation>기다리는 결정이 너무 많습니다</translation>
    </message>
    <message>
        <source>Answer some of them: “aisync decisions” lists them.</source>
        <translation>일부에 답하십시오. “aisync decisions”로 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>{count} {count:request of an assistant waits|requests of assistants wait} to be answered.</source>
        <translation>어시스턴트의 요청 {count}개가 답을 기다립니다.</translation>
    </message>
    <message>
        <source>{count} {count:request|requests} of {client} {count:waits|wait} to be answered.</source>
        <translation>{client}의 요청 {count}개가 답을 기다립니다.</translation>
    </message>
    <message>
        <source>The clock is {days} {days:day|days} ahead of what was last written down</source>
        <translation>시계가 마지막 기록보다 {days}일 앞서 있습니다</translation>
    </message>
    <message>
        <source>The clock is {days} {days:day|days} behind what was last written down</source>
        <translation>시계가 마지막 기록보다 {days}일 늦습니다</translation>
    </message>
    <message>
        <source>Check the date of this computer.</source>
        <translation>이 컴퓨터의 날짜를 확인하십시오.</translation>
    </message>
    <message>
        <source>The database was taken away while AISync ran</source>
        <translation>AISync가 실행되는 동안 데이터베이스가 제자리에서 없어졌습니다</translation>
    </message>
    <message>
        <source>The file was deleted, or one beside it; it was written anew, with all history.</source>
        <translation>파일 또는 그 옆의 파일이 삭제되었습니다. 모든 기록과 함께 다시 썼습니다.</translation>
    </message>
    <message>
        <source>Quit AISync before you move its files; “aisync restore” takes a backup back.</source>
        <translation>AISync의 파일을 옮기기 전에 AISync를 종료하십시오. 백업은 “aisync restore”로 되돌립니다.</translation>
    </message>
    <message>
        <source>Another file was put in its place; it is now {name}, and the database was written anew.</source>
        <translation>다른 파일이 그 자리에 놓였습니다. 그 파일은 이제 {name}이며, 데이터베이스를 다시 썼습니다.</translation>
    </message>
    <message>
        <source>The database was deleted while AISync ran</source>
        <translation>AISync가 실행되는 동안 데이터베이스가 삭제되었습니다</translation>
    </message>
    <message>
        <source>A new one was made of what was in memory and of your files. Older history is lost.</source>
        <translation>메모리에 있던 것과 사용자의 파일로 새 데이터베이스를 만들었습니다. 이전 기록은 없어졌습니다.</translation>
    </message>
    <message>
        <source>Take a backup back with “aisync restore”, if there is one.</source>
        <translation>백업이 있으면 “aisync restore”로 되돌리십시오.</translation>
    </message>
    <message>
        <source>The database is newer than the program</source>
        <translation>데이터베이스가 프로그램보다 새 버전입니다</translation>
    </message>
    <message>
        <source>It has version {found}; this program knows up to {known}.</source>
        <translation>데이터베이스 버전은 {found}이고, 이 프로그램은 {known}까지 압니다.</translation>
    </message>
    <message>
        <source>Update AISync, or restore a backup from before the update.</source>
        <translation>AISync를 업데이트하거나 업데이트 이전의 백업을 복원하십시오.</translation>
    </message>
    <message>
        <source>The database has not been updated yet</source>
        <translation>데이터베이스가 아직 업데이트되지 않았습니다</translation>
    </message>
    <message>
        <source>It has version {found}; this program needs {known}.</source>
        <translation>데이터베이스 버전은 {found}이고, 이 프로그램에는 {known} 버전이 필요합니다.</translation>
    </message>
    <message>
        <source>Start AISync or run “aisync sync” once; it updates the database.</source>
        <translation>AISync를 시작하거나 “aisync sync”를 한 번 실행하면 데이터베이스가 업데이트됩니다.</translation>
    </message>
    <message>
        <source>The database cannot be read</source>
        <translation>데이터베이스를 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>The file is damaged or is no database.</source>
        <translation>파일이 손상되었거나 데이터베이스가 아닙니다.</translation>
    </message>
    <message>
        <source>Restore a backup with “aisync restore”, or move the file away and begin anew; no client is touched.</source>
        <translation>“aisync restore”로 백업을 복원하거나, 파일을 옮기고 새로 시작하십시오. 클라이언트는 건드리지 않습니다.</translation>
    </message>
    <message>
        <source>The database belongs to another program</source>
        <translation>다른 프로그램의 데이터베이스입니다</translation>
    </message>
    <message>
        <source>The file has tables that AISync did not make.</source>
        <translation>파일에 AISync가 만들지 않은 테이블이 있습니다.</translation>
    </message>
    <message>
        <source>Move the file away; AISync then makes its own.</source>
        <translation>파일을 다른 곳으로 옮기십시오. 그러면 AISync가 새로 만듭니다.</translation>
    </message>
    <message>
        <source>The database is in use</source>
        <translation>데이터베이스가 사용 중입니다</translation>
    </message>
    <message>
        <source>Another program holds its lock.</source>
        <translation>다른 프로그램이 잠그고 있습니다.</translation>
    </message>
    <message>
        <source>Close what has it open and try again.</source>
        <translation>데이터베이스를 연 프로그램을 닫고 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>디스크가 가득 찼습니다</translation>
    </message>
    <message>
        <source>There is no room left in {folder} for the history, so no file was changed.</source>
        <translation>{folder}에 기록을 쓸 공간이 없어서 어떤 파일도 바꾸지 않았습니다.</translation>
    </message>
    <message>
        <source>Free some space there, then try again; AISync that runs goes on by itself.</source>
        <translation>그곳의 공간을 비운 뒤 다시 해 보십시오. 실행 중인 AISync는 저절로 계속합니다.</translation>
    </message>
    <message>
        <source>The database cannot be opened or written</source>
        <translation>데이터베이스를 열거나 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>The system refused: {reason}.</source>
        <translation>시스템이 거부했습니다: {reason}.</translation>
    </message>
    <message>
        <source>Check the folder&apos;s owner, permissions and disk.</source>
        <translation>폴더의 소유자, 권한, 디스크를 확인하십시오.</translation>
    </message>
    <message>
        <source>A stored version cannot be read</source>
        <translation>보관된 버전을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>Version {name} is damaged, missing or made with another key.</source>
        <translation>{name} 버전이 손상되었거나, 없거나, 다른 키로 만들어졌습니다.</translation>
    </message>
    <message>
        <source>Choose another version, or restore a backup of the database.</source>
        <translation>다른 버전을 선택하거나 데이터베이스 백업을 복원하십시오.</translation>
    </message>
    <message>
        <source>The key of the history is gone</source>
        <translation>기록의 암호화 키가 없어졌습니다</translation>
    </message>
    <message>
        <source>The keyring no longer has key {key}.</source>
        <translation>키링에 {key} 키가 더 이상 없습니다.</translation>
    </message>
    <message>
        <source>The key file of key {key} is missing or damaged.</source>
        <translation>키 {key}의 키 파일이 없거나 손상되었습니다.</translation>
    </message>
    <message>
        <source>Bring the key back from a backup. Without it, move the database away and begin a new history.</source>
        <translation>백업에서 키를 되찾으십시오. 키가 없다면 데이터베이스를 옮기고 기록을 새로 시작하십시오.</translation>
    </message>
    <message>
        <source>The keyring does not answer</source>
        <translation>키링이 응답하지 않습니다</translation>
    </message>
    <message>
        <source>It is locked or cannot be reached: {reason}.</source>
        <translation>잠겨 있거나 연결할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>Unlock the keyring and try again.</source>
        <translation>키링의 잠금을 풀고 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>There is no usable keyring ({reason}), so the key of the history is in the file {path}.</source>
        <translation>사용할 수 있는 키링이 없어({reason}) 기록의 암호화 키를 {path} 파일에 둡니다.</translation>
    </message>
    <message>
        <source>The key file cannot be read or written</source>
        <translation>키 파일을 읽거나 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>Found in a container: the clients of the machine around it are not looked at.</source>
        <translation>컨테이너 안에서 찾았습니다. 컨테이너 바깥 컴퓨터의 클라이언트는 살펴보지 않습니다.</translation>
    </message>
    <message>
        <source>Found over SSH: the clients of the machine at which you sit are not looked at.</source>
        <translation>SSH로 접속한 컴퓨터에서 찾았습니다. 지금 앞에 있는 컴퓨터의 클라이언트는 살펴보지 않습니다.</translation>
    </message>
    <message>
        <source>Found in WSL: the clients of Windows itself are not looked at.</source>
        <translation>WSL에서 찾았습니다. Windows 자체의 클라이언트는 살펴보지 않습니다.</translation>
    </message>
    <message>
        <source>installed: {program}, version {version}; checked against {seen}, before and after it</source>
        <translation>설치됨: {program}, 버전 {version}. 그 앞뒤 버전인 {seen}에서 확인했습니다</translation>
    </message>
    <message>
        <source>installed: {program}; checked against {seen}, found {version}, which is newer</source>
        <translation>설치됨: {program}. {seen}에서 확인했으며, 찾은 버전은 더 새로운 {version}입니다</translation>
    </message>
    <message>
        <source>installed: {program}; checked against {seen}, found {version}, which is older</source>
        <translation>설치됨: {program}. {seen}에서 확인했으며, 찾은 버전은 더 오래된 {version}입니다</translation>
    </message>
    <message>
        <source>installed: {program}, which is of Windows and keeps its files there</source>
        <translation>설치됨: {program}. Windows의 프로그램이며 파일도 Windows에 둡니다</translation>
    </message>
    <message>
        <source>A description that cannot be used: {path}</source>
        <translation>사용할 수 없는 클라이언트 설명: {path}</translation>
    </message>
    <message>
        <source>{client} is running and writes its file from memory: what was written applies after restart.</source>
        <translation>{client:이/가/ 클라이언트가} 실행 중이며 파일을 메모리에서 다시 씁니다. 기록한 내용은 다시 시작한 뒤 적용됩니다.</translation>
    </message>
    <message>
        <source>The file of {clients} cannot be read at present. What it said last still counts; your answer is written there as soon as it can be read again.</source>
        <translation>지금은 {clients}의 파일을 읽을 수 없습니다. 마지막으로 읽은 내용이 계속 유효하며, 답변은 파일을 다시 읽을 수 있게 되는 즉시 그곳에 기록됩니다.</translation>
    </message>
    <message>
        <source>It waits for you, and its file cannot be read at present.</source>
        <translation>결정을 기다리고 있으며, 지금은 그 파일을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>That is not what is asked</source>
        <translation>묻는 것이 아닙니다</translation>
    </message>
    <message>
        <source>The question is not about “{item}”.</source>
        <translation>이 질문은 “{item}”에 관한 것이 아닙니다.</translation>
    </message>
    <message>
        <source>Once allowed, other assistants start them, or connect to them, as these lines say.</source>
        <translation>허용하면 다른 어시스턴트도 여기에 보이는 그대로 시작하거나 연결합니다.</translation>
    </message>
    <message>
        <source>It would let the assistant run AISync without asking. Such a permission stays where you gave it.</source>
        <translation>어시스턴트가 묻지 않고 AISync를 실행할 수 있게 됩니다. 이런 권한은 허용한 곳에만 둡니다.</translation>
    </message>
    <message>
        <source>It stays in the file where it stands, as you said; adding the project again asks anew.</source>
        <translation>말씀하신 대로 지금 있는 파일에만 둡니다. 프로젝트를 다시 추가하면 새로 묻습니다.</translation>
    </message>
    <message>
        <source>“{server}” was not started</source>
        <translation>“{server:”을/”를/” 서버를} 시작하지 않음</translation>
    </message>
    <message>
        <source>It starts something else than when you agreed that it gets its secrets.</source>
        <translation>비밀 값을 받도록 동의했을 때와 다른 것을 시작합니다.</translation>
    </message>
    <message>
        <source>You have not agreed yet that it gets its secrets from AISync.</source>
        <translation>AISync가 비밀 값을 넘겨주는 데 아직 동의하지 않았습니다.</translation>
    </message>
    <message>
        <source>Look at it with `aisync items`; if it is meant, agree again: `aisync doctor` names the repair.</source>
        <translation>`aisync items`로 살펴보고, 의도한 것이면 다시 동의하십시오. `aisync doctor`가 해당 고치기를 알려 줍니다.</translation>
    </message>
    <message>
        <source>Look at it with `aisync items`; if it is yours, agree to it: `aisync doctor` names the repair.</source>
        <translation>`aisync items`로 살펴보고, 직접 만든 것이면 동의하십시오. `aisync doctor`가 해당 고치기를 알려 줍니다.</translation>
    </message>
    <message>
        <source>Its “{field}” refers to a variable, or to the folder that one is in: whoever starts it would choose which program gets its secrets.</source>
        <translation>“{field:”이/”가/” 필드가} 변수나 현재 폴더를 가리킵니다. 시작하는 쪽이 어떤 프로그램이 비밀 값을 받을지 정하게 됩니다.</translation>
    </message>
    <message>
        <source>{client} asks for “{operation}”: do it?</source>
        <translation>{client:이/가/ 클라이언트가} “{operation:”을/”를/” 작업을} 요청합니다. 실행하시겠습니까?</translation>
    </message>
    <message>
        <source>{client} asks to begin keeping everything in step</source>
        <translation>{client:이/가/ 클라이언트가} 모든 것을 맞추기 시작하겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to answer a question for you</source>
        <translation>{client:이/가/ 클라이언트가} 질문에 대신 답하겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to put everything back as it was at first, and to stop</source>
        <translation>{client:이/가/ 클라이언트가} 모든 것을 처음대로 되돌리고 그만두겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to make {path} writable</source>
        <translation>{client:이/가/ 클라이언트가} {path} 파일을 쓸 수 있게 하겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to remove the password</source>
        <translation>{client:이/가/ 클라이언트가} 암호를 없애겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to take back the token “{name}”</source>
        <translation>{client:이/가/ 클라이언트가} “{name}” 토큰을 거두겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to have “{item}” in {clients} only</source>
        <translation>{client:이/가/ 클라이언트가} “{item}” 항목을 {clients}에만 두겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to have “{item}” everywhere again</source>
        <translation>{client:이/가/ 클라이언트가} “{item}” 항목을 다시 모든 곳에 두겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to keep the project {path} in step, too</source>
        <translation>{client:이/가/ 클라이언트가} {path} 프로젝트도 맞추겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to leave the project {path} alone</source>
        <translation>{client:이/가/ 클라이언트가} {path} 프로젝트를 그대로 두겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to do again what was undone last</source>
        <translation>{client:이/가/ 클라이언트가} 마지막으로 취소한 것을 다시 하겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to repair files</source>
        <translation>{client:이/가/ 클라이언트가} 파일을 고치겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to put back the last good version of {path}</source>
        <translation>{client:이/가/ 클라이언트가} {path} 파일을 정상이던 마지막 버전으로 되돌리겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to go back to change {snapshot}</source>
        <translation>{client:이/가/ 클라이언트가} {snapshot}번 변경으로 되돌아가겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to forget the value of {reference}</source>
        <translation>{client:이/가/ 클라이언트가} {reference}의 값을 지우겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to set “{name}” to {value}</source>
        <translation>{client:이/가/ 클라이언트가} “{name}” 설정을 {value} 값으로 바꾸겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to leave “{target}” alone</source>
        <translation>{client:이/가/ 클라이언트가} “{target}” 대상을 그대로 두겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to keep “{target}” in step</source>
        <translation>{client:이/가/ 클라이언트가} “{target}” 대상을 맞추겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to give “{target}” place {priority} among the clients that win where they differ</source>
        <translation>{client:이/가/ 클라이언트가} 서로 다를 때 우선하는 클라이언트 가운데 “{target}”의 순서를 {priority}번째로 정하겠다고 합니다</translation>
    </message>
    <message>
        <source>{client} asks to undo the last change</source>
        <translation>{client:이/가/ 클라이언트가} 마지막 변경을 취소하겠다고 합니다</translation>
    </message>
    <message>
        <source>Allowed, it is done as if you had asked for it.</source>
        <translation>허용하면 직접 요청한 것처럼 실행됩니다.</translation>
    </message>
    <message>
        <source>These answers cannot be merged</source>
        <translation>이 답들은 합칠 수 없습니다</translation>
    </message>
    <message>
        <source>Take one of them, or write it by hand: aisync decide {decision} --take merged --edit FILE.</source>
        <translation>하나를 고르거나 직접 쓰십시오: aisync decide {decision} --take merged --edit FILE.</translation>
    </message>
    <message>
        <source>Something is still to be chosen</source>
        <translation>아직 고르지 않은 것이 있습니다</translation>
    </message>
    <message>
        <source>{item} was changed in different ways, and nothing is chosen for: {fields}.</source>
        <translation>서로 다르게 바뀐 항목 {item}에서 아직 고르지 않은 값: {fields}.</translation>
    </message>
    <message>
        <source>Choose one of the values for each, and answer again.</source>
        <translation>값을 하나씩 고른 뒤 다시 답하세요.</translation>
    </message>
    <message>
        <source>“{field}” is not one of the fields that differ.</source>
        <translation>서로 다른 값 가운데 “{field}” 항목은 없습니다.</translation>
    </message>
    <message>
        <source>These differ: {fields}.</source>
        <translation>서로 다른 것: {fields}.</translation>
    </message>
    <message>
        <source>“{take}” is no answer to this question.</source>
        <translation>이 질문에는 “{take}” 답이 없습니다.</translation>
    </message>
    <message>
        <source>There is no such question</source>
        <translation>그런 질문이 없습니다</translation>
    </message>
    <message>
        <source>The program {program} that you agreed to is not there any more.</source>
        <translation>동의한 {program} 프로그램이 더 이상 없습니다.</translation>
    </message>
    <message>
        <source>Install it again; if it has moved, agree again: `aisync doctor` names the repair.</source>
        <translation>다시 설치하십시오. 위치가 바뀌었다면 다시 동의하십시오. `aisync doctor`가 해당 고치기를 알려 줍니다.</translation>
    </message>
    <message>
        <source>Its command is AISync&apos;s launcher again.</source>
        <translation>서버의 명령이 다시 AISync 실행기입니다.</translation>
    </message>
    <message>
        <source>Give it the command of the real server at one of the clients.</source>
        <translation>한 클라이언트에서 실제 서버의 명령을 적으십시오.</translation>
    </message>
    <message>
        <source>The folder that it is to start in cannot be entered: {reason}.</source>
        <translation>시작할 폴더에 들어갈 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>Mend its “cwd”, or make the folder.</source>
        <translation>“cwd”를 고치거나 폴더를 만드십시오.</translation>
    </message>
    <message>
        <source>What AISync knows cannot be read: {reason}.</source>
        <translation>AISync의 데이터를 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>Run `aisync status`; before `aisync init` nothing is known.</source>
        <translation>`aisync status`를 실행하십시오. `aisync init` 전에는 아는 것이 없습니다.</translation>
    </message>
    <message>
        <source>The program “{command}” cannot be started: {reason}.</source>
        <translation>“{command}” 프로그램을 시작할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>Install it, or mend the command at one of the clients.</source>
        <translation>설치하거나 한 클라이언트에서 명령을 고치십시오.</translation>
    </message>
    <message>
        <source>The value of its variable “{name}” is not in the safe.</source>
        <translation>변수 “{name}”의 값이 금고에 없습니다.</translation>
    </message>
    <message>
        <source>Give it anew: `aisync secrets set {reference}`.</source>
        <translation>다시 입력하십시오: `aisync secrets set {reference}`.</translation>
    </message>
    <message>
        <source>It is a server to connect to: there is nothing to start.</source>
        <translation>연결하는 서버라서 시작할 것이 없습니다.</translation>
    </message>
    <message>
        <source>Give the client the server&apos;s address instead.</source>
        <translation>클라이언트에 서버 주소를 적으십시오.</translation>
    </message>
    <message>
        <source>A secret stands in its “{field}”, where every program on this machine could read it.</source>
        <translation>비밀 값이 “{field}”에 있어 이 컴퓨터의 모든 프로그램이 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>Pass it in a variable of the server&apos;s environment instead.</source>
        <translation>대신 서버의 환경 변수로 넘기십시오.</translation>
    </message>
    <message>
        <source>AISync knows no server of this name in {place}.</source>
        <translation>AISync가 아는 이 이름의 서버가 {place}에 없습니다.</translation>
    </message>
    <message>
        <source>See `aisync items --kind mcp`, or run `aisync sync`.</source>
        <translation>`aisync items --kind mcp`를 보거나 `aisync sync`를 실행하십시오.</translation>
    </message>
    <message>
        <source>It needs the environment variable {name}, which is not set.</source>
        <translation>{name} 환경 변수가 필요하지만 설정되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Set it where the client is started, or give a default: {reference}.</source>
        <translation>클라이언트를 시작하는 곳에 설정하거나 기본값을 주십시오: {reference}.</translation>
    </message>
    <message>
        <source>It has AISync start a server that AISync does not know; the entry stays here.</source>
        <translation>AISync가 모르는 서버를 시작하게 되어 있어 이 항목은 여기에 그대로 둡니다.</translation>
    </message>
    <message>
        <source>in the sandbox of your own profile</source>
        <translation>사용자 프로필의 샌드박스 안에서</translation>
    </message>
    <message>
        <source>in its sandbox: it only reads</source>
        <translation>샌드박스 안에서: 읽기만 함</translation>
    </message>
    <message>
        <source>in its sandbox: it writes in this folder only</source>
        <translation>샌드박스 안에서: 이 폴더에만 씀</translation>
    </message>
    <message>
        <source>a model decides, not you</source>
        <translation>사용자가 아니라 모델이 결정함</translation>
    </message>
    <message>
        <source>Nothing can be said of this client</source>
        <translation>이 클라이언트에 대해 알 수 없음</translation>
    </message>
    <message>
        <source>{client} is not on this machine, or keeps its permissions where AISync does not look.</source>
        <translation>{client:이/가/ 클라이언트가} 이 컴퓨터에 없거나, 권한을 AISync가 보지 않는 곳에 둡니다.</translation>
    </message>
    <message>
        <source>Ask all of them: `aisync allowed all …`.</source>
        <translation>모두에게 물어보십시오: `aisync allowed all …`.</translation>
    </message>
    <message>
        <source>runs any program at all</source>
        <translation>어떤 프로그램이든 실행합니다</translation>
    </message>
    <message>
        <source>deletes files</source>
        <translation>파일을 지웁니다</translation>
    </message>
    <message>
        <source>runs what it has just downloaded</source>
        <translation>방금 내려받은 것을 실행합니다</translation>
    </message>
    <message>
        <source>fetches from any host</source>
        <translation>어느 호스트에서든 가져옵니다</translation>
    </message>
    <message>
        <source>runs an interpreter, and so any program</source>
        <translation>인터프리터를, 곧 어떤 프로그램이든 실행합니다</translation>
    </message>
    <message>
        <source>lets a model decide what you are not asked about</source>
        <translation>사용자에게 묻지 않는 일을 모델이 결정하게 합니다</translation>
    </message>
    <message>
        <source>reads private keys</source>
        <translation>개인 키를 읽습니다</translation>
    </message>
    <message>
        <source>does whatever it wants, and nothing confines it</source>
        <translation>무엇이든 하며, 가두는 것이 없습니다</translation>
    </message>
    <message>
        <source>installs and runs any package</source>
        <translation>어떤 패키지든 설치하고 실행합니다</translation>
    </message>
    <message>
        <source>runs programs as root</source>
        <translation>root로 프로그램을 실행합니다</translation>
    </message>
    <message>
        <source>calls every tool of every server</source>
        <translation>모든 서버의 모든 도구를 부릅니다</translation>
    </message>
    <message>
        <source>writes files that are run when a shell starts</source>
        <translation>셸이 시작할 때 실행되는 파일을 씁니다</translation>
    </message>
    <message>
        <source>runs any program inside a command that is allowed</source>
        <translation>허용된 명령 안에서 어떤 프로그램이든 실행합니다</translation>
    </message>
    <message>
        <source>{rule} in {path}</source>
        <translation>{path}의 {rule}</translation>
    </message>
    <message>
        <source>no rule is about it</source>
        <translation>해당하는 규칙이 없음</translation>
    </message>
    <message>
        <source>{reason} ({limits})</source>
        <translation>{reason} ({limits})</translation>
    </message>
    <message>
        <source>its mode is “{mode}” in {path}</source>
        <translation>{path}에서 모드가 “{mode}”임</translation>
    </message>
    <message>
        <source>For all projects</source>
        <translation>모든 프로젝트</translation>
    </message>
    <message>
        <source>{count} {count:file|files} written</source>
        <translation>파일 {count}개를 썼습니다</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <source>without asking, it {what}: {example}</source>
        <translation>묻지 않고 {what}: {example}</translation>
    </message>
    <message>
        <source>without asking, it {what}</source>
        <translation>묻지 않고 {what}</translation>
    </message>
    <message>
        <source>No client here has permissions in a file.</source>
        <translation>권한 파일이 있는 클라이언트가 없습니다.</translation>
    </message>
    <message>
        <source>not at: {clients}</source>
        <translation>허용하지 않는 곳: {clients}</translation>
    </message>
    <message>
        <source>“{item}” is allowed elsewhere: allow it here, too?</source>
        <translation>“{item:”이/”가/” 항목이} 다른 곳에서 허용됩니다. 여기에서도 허용하시겠습니까?</translation>
    </message>
    <message>
        <source>“{item}” is only asked about elsewhere: loosen it here, too?</source>
        <translation>“{item:”은/”는/” 항목은} 다른 곳에서 묻기만 합니다. 여기에서도 완화하시겠습니까?</translation>
    </message>
    <message>
        <source>there it would run outside the sandbox</source>
        <translation>그곳에서는 샌드박스 밖에서 실행됩니다</translation>
    </message>
    <message>
        <source>“{item}” is no longer restricted elsewhere: loosen it here, too?</source>
        <translation>“{item:”은/”는/” 항목은} 다른 곳에서 더는 제한되지 않습니다. 여기에서도 완화하시겠습니까?</translation>
    </message>
    <message>
        <source>More tools of “{item}” are open elsewhere: open them here, too?</source>
        <translation>“{item}”의 도구가 다른 곳에서는 더 많이 열려 있습니다. 여기서도 여시겠습니까?</translation>
    </message>
    <message>
        <source>it would also allow: {examples}</source>
        <translation>이것도 허용됩니다: {examples}</translation>
    </message>
    <message>
        <source>The client has no word for “{action}” here.</source>
        <translation>클라이언트가 여기에서 “{action:”을/”를/” 동작을} 나타낼 수 없습니다.</translation>
    </message>
    <message>
        <source>The client keeps a list of its own for this, which one in the file would replace.</source>
        <translation>클라이언트가 이 목록을 자체 설정에 두고 있어, 파일에 목록을 만들면 그것을 대신하게 됩니다.</translation>
    </message>
    <message>
        <source>The client&apos;s rules cannot say what this one is about.</source>
        <translation>클라이언트의 규칙으로는 이 규칙의 대상을 나타낼 수 없습니다.</translation>
    </message>
    <message>
        <source>Here a tool is taken away in the server&apos;s own entry, which is kept in step as such.</source>
        <translation>여기에서는 서버 항목에서 도구를 빼며, 그 항목이 따로 맞춰집니다.</translation>
    </message>
    <message>
        <source>Other clients do not get this rule: they have none that means the same.</source>
        <translation>다른 클라이언트에는 같은 뜻의 규칙이 없어 이 규칙을 전하지 않습니다.</translation>
    </message>
    <message>
        <source>Beside the rule “{rule}” it could not have the effect here that it has elsewhere.</source>
        <translation>규칙 “{rule}” 때문에 여기에서는 다른 곳과 같은 효과를 낼 수 없습니다.</translation>
    </message>
    <message>
        <source>The server “{server}” is not in this file.</source>
        <translation>이 파일에 “{server}” 서버가 없습니다.</translation>
    </message>
    <message>
        <source>The client has no rules for what this one is about.</source>
        <translation>클라이언트에는 이런 대상에 대한 규칙이 없습니다.</translation>
    </message>
    <message>
        <source>Not denied here, unlike at {clients}: {examples}</source>
        <translation>{clients:과/와/ 클라이언트와} 달리 여기에서는 거부하지 않습니다: {examples}</translation>
    </message>
    <message>
        <source>Not asked about here, unlike at {clients}: {examples}</source>
        <translation>{clients:과/와/ 클라이언트와} 달리 여기에서는 묻지 않습니다: {examples}</translation>
    </message>
    <message>
        <source>Not denied here, although it is meant: {examples}</source>
        <translation>거부하려는 것이지만 여기에서는 거부하지 않습니다: {examples}</translation>
    </message>
    <message>
        <source>Not asked about here, although it is meant: {examples}</source>
        <translation>물으려는 것이지만 여기에서는 묻지 않습니다: {examples}</translation>
    </message>
    <message>
        <source>You did not want it to be loosened here.</source>
        <translation>여기에서는 완화하지 않기로 했습니다.</translation>
    </message>
    <message>
        <source>A list of rules is something else.</source>
        <translation>규칙 목록이 다른 형식입니다.</translation>
    </message>
    <message>
        <source>it counts under a condition that other clients do not know</source>
        <translation>다른 클라이언트가 모르는 조건에서만 유효합니다</translation>
    </message>
    <message>
        <source>it belongs to the server, with which it is kept in step</source>
        <translation>서버에 속하며 서버와 함께 맞춰집니다</translation>
    </message>
    <message>
        <source>what it takes away, another tool of the client does as well</source>
        <translation>이 규칙이 막는 일을 클라이언트의 다른 도구도 할 수 있습니다</translation>
    </message>
    <message>
        <source>its pattern is of a sort that only this client has</source>
        <translation>이 클라이언트에만 있는 패턴입니다</translation>
    </message>
    <message>
        <source>there is a secret in it</source>
        <translation>비밀 값이 들어 있습니다</translation>
    </message>
    <message>
        <source>another rule of the file always decides before it</source>
        <translation>파일의 다른 규칙이 항상 먼저 결정합니다</translation>
    </message>
    <message>
        <source>it is about a tool that other clients do not have</source>
        <translation>다른 클라이언트에 없는 도구에 관한 것입니다</translation>
    </message>
    <message>
        <source>the client itself ignores it</source>
        <translation>클라이언트 자신이 무시합니다</translation>
    </message>
    <message>
        <source>it is what happens where no rule decides</source>
        <translation>어떤 규칙도 결정하지 않을 때의 동작입니다</translation>
    </message>
    <message>
        <source>encrypted in the database since {time}</source>
        <translation>{time}부터 데이터베이스에 암호화되어 있음</translation>
    </message>
    <message>
        <source>different values in {field}:</source>
        <translation>{field}의 값이 서로 다름:</translation>
    </message>
    <message>
        <source>not kept, but in a file</source>
        <translation>보관되지 않았지만 파일에 있음</translation>
    </message>
    <message>
        <source>in the keyring since {time}</source>
        <translation>{time}부터 키링에 있음</translation>
    </message>
    <message>
        <source>the old value still stands at {places}; AISync does not write it there.</source>
        <translation>{places}에는 이전 값이 남아 있습니다. AISync는 그곳에 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>kept, but the keyring does not give it now</source>
        <translation>보관되어 있지만 지금 키링이 주지 않음</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>새 값</translation>
    </message>
    <message>
        <source>No secret is known.</source>
        <translation>알려진 비밀 값이 없습니다.</translation>
    </message>
    <message>
        <source>not kept</source>
        <translation>보관되지 않음</translation>
    </message>
    <message>
        <source>Forgotten: {reference}</source>
        <translation>잊음: {reference}</translation>
    </message>
    <message>
        <source>not used any more; last seen:</source>
        <translation>더는 쓰이지 않음, 마지막으로 본 곳:</translation>
    </message>
    <message>
        <source>can be had</source>
        <translation>받을 수 있음</translation>
    </message>
    <message>
        <source>It needs a secret that the keyring does not give now; it is written as soon as it does.</source>
        <translation>필요한 비밀 값을 지금 키링에서 받을 수 없습니다. 받을 수 있게 되면 바로 씁니다.</translation>
    </message>
    <message>
        <source>Its secret has a sign (such as $) in it that this client would read as something else.</source>
        <translation>비밀 값에 이 클라이언트가 다르게 읽을 기호(예: $)가 있습니다.</translation>
    </message>
    <message>
        <source>The passphrase is too short</source>
        <translation>암호문이 너무 짧습니다</translation>
    </message>
    <message>
        <source>Take some words. Nothing was written.</source>
        <translation>몇 개의 단어를 사용하십시오. 아무것도 쓰지 않았습니다.</translation>
    </message>
    <message>
        <source>It needs {shortest} characters or more.</source>
        <translation>{shortest}자 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>The passphrase is wrong</source>
        <translation>암호문이 틀렸습니다</translation>
    </message>
    <message>
        <source>Try again. Nothing was changed.</source>
        <translation>다시 시도하십시오. 아무것도 바뀌지 않았습니다.</translation>
    </message>
    <message>
        <source>It does not open the key in this backup.</source>
        <translation>이 백업에 든 키가 열리지 않습니다.</translation>
    </message>
    <message>
        <source>Secrets are kept without a keyring</source>
        <translation>비밀 값이 키링 없이 보관됩니다</translation>
    </message>
    <message>
        <source>{count} {count:value|values} that the keyring did not take {count:is|are} encrypted in AISync&apos;s database.</source>
        <translation>키링이 받지 않은 값 {count}개가 AISync 데이터베이스에 암호화되어 있습니다.</translation>
    </message>
    <message>
        <source>Install or unlock a keyring; the values then move there by themselves.</source>
        <translation>키링을 설치하거나 잠금을 푸십시오. 값은 저절로 옮겨집니다.</translation>
    </message>
    <message>
        <source>The secret is in use</source>
        <translation>사용 중인 비밀 값입니다</translation>
    </message>
    <message>
        <source>{reference} is used by {items}.</source>
        <translation>{reference:은/는/ 참조는} {items}에서 사용합니다.</translation>
    </message>
    <message>
        <source>Take it out there first, or forget it with --yes; what stands in a file is kept again at the next sync.</source>
        <translation>먼저 그곳에서 빼거나 --yes로 잊게 하십시오. 파일에 남아 있는 값은 다음 동기화 때 다시 보관됩니다.</translation>
    </message>
    <message>
        <source>The key of the history lies beside it</source>
        <translation>기록의 키가 기록 옆에 있습니다</translation>
    </message>
    <message>
        <source>There was no usable keyring, so the key is in this file: who can read it can read old versions and secrets.</source>
        <translation>쓸 수 있는 키링이 없어 키가 이 파일에 있습니다. 이 파일을 읽을 수 있으면 이전 버전과 비밀 값도 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>Keep this folder to yourself, and out of backups that others can read.</source>
        <translation>이 폴더를 혼자만 쓰고, 남이 읽을 수 있는 백업에 넣지 마십시오.</translation>
    </message>
    <message>
        <source>This value would not be known for a secret</source>
        <translation>이 값은 비밀 값으로 인식되지 않습니다</translation>
    </message>
    <message>
        <source>In “{item}”, {field}, it would be read otherwise: as a reference, a placeholder or in pieces.</source>
        <translation>“{item}”의 {field}에서 참조, 자리 표시 또는 조각으로 다르게 읽힙니다.</translation>
    </message>
    <message>
        <source>Nothing was changed. In an address, spell signs such as @ and / as %40 and %2F.</source>
        <translation>아무것도 바꾸지 않았습니다. 주소에서는 @와 / 같은 기호를 %40, %2F로 쓰십시오.</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>찾을 수 없음</translation>
    </message>
    <message>
        <source>Catching up</source>
        <translation>맞추는 중</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>찾음</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>답을 기다림</translation>
    </message>
    <message>
        <source>In step</source>
        <translation>일치</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>제외됨</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시 중지</translation>
    </message>
    <message>
        <source>Could not be written</source>
        <translation>쓸 수 없음</translation>
    </message>
    <message>
        <source>In step after a restart</source>
        <translation>다시 시작하면 일치</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <source>{count} {count:question is|questions are} waiting for you</source>
        <translation>질문 {count}개가 기다리고 있습니다</translation>
    </message>
    <message>
        <source>Everything else is in step: {items} {items:item|items} in {clients} {clients:client|clients}</source>
        <translation>나머지는 모두 일치합니다. 클라이언트 {clients}개, 항목 {items}개</translation>
    </message>
    <message>
        <source>Everything is in step</source>
        <translation>모두 일치합니다</translation>
    </message>
    <message>
        <source>{items} {items:item|items} in {clients} {clients:client|clients}</source>
        <translation>클라이언트 {clients}개, 항목 {items}개</translation>
    </message>
    <message>
        <source>{clients} {clients:client was|clients were} found</source>
        <translation>클라이언트 {clients}개를 찾았습니다</translation>
    </message>
    <message>
        <source>Nothing is written until you start syncing</source>
        <translation>동기화를 시작할 때까지 아무것도 쓰지 않습니다</translation>
    </message>
    <message>
        <source>Nothing is written until you go on</source>
        <translation>다시 시작할 때까지 아무것도 쓰지 않습니다</translation>
    </message>
    <message>
        <source>{count} {count:file is|files are} being brought in step</source>
        <translation>파일 {count}개를 맞추고 있습니다</translation>
    </message>
    <message>
        <source>{count} {count:problem|problems}</source>
        <translation>문제 {count}개</translation>
    </message>
    <message>
        <source>Paused until {time}</source>
        <translation>{time}까지 일시 중지</translation>
    </message>
    <message>
        <source>{count} {count:file|files} cannot be read</source>
        <translation>파일 {count}개를 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>{count} {count:change|changes} could not be written</source>
        <translation>변경 {count}개를 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>{files} {files:file is|files are} being written</source>
        <translation>파일 {files}개를 쓰는 중</translation>
    </message>
    <message>
        <source>A copy of each is kept</source>
        <translation>각 파일의 사본을 보관합니다</translation>
    </message>
    <message>
        <source>This would allow what is refused now</source>
        <translation>지금 거부되는 것이 허용됩니다</translation>
    </message>
    <message>
        <source>Refused now, and not any more after it: {items} (in {clients}).</source>
        <translation>지금은 거부되지만 그 뒤에는 거부되지 않는 것: {items} ({clients}).</translation>
    </message>
    <message>
        <source>Nothing was done. If you mean it, say so: with --allow-loosening, or in the window.</source>
        <translation>아무것도 하지 않았습니다. 그렇게 하려면 --allow-loosening을 붙이거나 창에서 확인하세요.</translation>
    </message>
    <message>
        <source>“aisync undo --all” puts every file back to what it had before AISync, and leaves it alone.</source>
        <translation>“aisync undo --all”은 모든 파일을 AISync 이전의 내용으로 되돌리고 그대로 둡니다.</translation>
    </message>
    <message>
        <source>There is nothing to do again</source>
        <translation>다시 할 것이 없습니다</translation>
    </message>
    <message>
        <source>Nothing was undone since the last change.</source>
        <translation>마지막 변경 이후로 취소한 것이 없습니다.</translation>
    </message>
    <message>
        <source>That is not the last change any more; nothing was done.</source>
        <translation>더는 마지막 변경이 아니어서 아무것도 하지 않았습니다.</translation>
    </message>
    <message>
        <source>There is no secret</source>
        <translation>비밀 값이 없습니다</translation>
    </message>
    <message>
        <source>“{item}” has no secret in clear in {field}.</source>
        <translation>“{item}”의 {field}에는 그대로 적힌 비밀 값이 없습니다.</translation>
    </message>
    <message>
        <source>Fields are named as in env.TOKEN, headers.Authorization, args or url; `aisync secrets list` shows all.</source>
        <translation>필드는 env.TOKEN, headers.Authorization, args, url처럼 씁니다. `aisync secrets list`가 모두 보여 줍니다.</translation>
    </message>
    <message>
        <source>There is no such secret</source>
        <translation>그런 비밀 값이 없습니다</translation>
    </message>
    <message>
        <source>Nothing is known of “{reference}”.</source>
        <translation>“{reference}”에 대해 알려진 것이 없습니다.</translation>
    </message>
    <message>
        <source>`aisync secrets list` shows all that are known.</source>
        <translation>`aisync secrets list`가 알려진 것을 모두 보여 줍니다.</translation>
    </message>
    <message>
        <source>No file holds this secret</source>
        <translation>이 비밀 값을 가진 파일이 없습니다</translation>
    </message>
    <message>
        <source>None of your own files that are kept in step holds {reference}, so there is nothing to change.</source>
        <translation>동기화하는 사용자 파일 중 {reference:을/를/ 참조를} 가진 것이 없어 바꿀 것이 없습니다.</translation>
    </message>
    <message>
        <source>`aisync secrets list` shows where each is used; a project&apos;s files are to be changed by hand.</source>
        <translation>`aisync secrets list`가 쓰이는 곳을 보여 줍니다. 프로젝트의 파일은 직접 바꿔야 합니다.</translation>
    </message>
    <message>
        <source>The local API listens on another port</source>
        <translation>로컬 API가 다른 포트에서 기다립니다</translation>
    </message>
    <message>
        <source>Something else listens on port {port} of this machine (another user&apos;s AISync, maybe); the API listens on port {instead} until AISync is started again.</source>
        <translation>이 컴퓨터의 포트 {port:은/는} 다른 프로그램이 쓰고 있습니다(다른 사용자의 AISync일 수도 있습니다). AISync를 다시 시작할 때까지 API는 포트 {instead}에서 기다립니다.</translation>
    </message>
    <message>
        <source>Nothing is to be done: commands find it. For a port that stays the same: `aisync settings set port NUMBER`.</source>
        <translation>할 일은 없습니다. 명령은 그 포트를 찾아냅니다. 늘 같은 포트를 쓰려면 `aisync settings set port NUMBER`를 실행하십시오.</translation>
    </message>
    <message>
        <source>{name} added</source>
        <translation>{name} 추가됨</translation>
    </message>
    <message>
        <source>{name} changed</source>
        <translation>{name} 변경됨</translation>
    </message>
    <message>
        <source>Recent changes</source>
        <translation>최근 변경</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>클라이언트</translation>
    </message>
    <message>
        <source>This page needs a way in: run “aisync open --web” in a terminal.</source>
        <translation>이 페이지를 열려면 터미널에서 “aisync open --web”을 실행하세요.</translation>
    </message>
    <message>
        <source>Files were put back</source>
        <translation>파일을 되돌렸습니다</translation>
    </message>
    <message>
        <source>{count} {count:item|items}</source>
        <translation>항목 {count}개</translation>
    </message>
    <message>
        <source>AISync does not answer; trying again.</source>
        <translation>AISync가 응답하지 않아 다시 시도하고 있습니다.</translation>
    </message>
    <message>
        <source>No client was found</source>
        <translation>클라이언트를 찾지 못했습니다</translation>
    </message>
    <message>
        <source>No question is waiting</source>
        <translation>기다리는 질문이 없습니다</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>질문</translation>
    </message>
    <message>
        <source>{name} removed</source>
        <translation>{name} 삭제됨</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>지금 동기화</translation>
    </message>
    <message>
        <source>Nothing was changed yet</source>
        <translation>아직 변경된 것이 없습니다</translation>
    </message>
    <message>
        <source>This one is answered in the window: “aisync open decisions”.</source>
        <translation>이 질문은 창에서 답하세요: “aisync open decisions”.</translation>
    </message>
    <message>
        <source>The local API is not served</source>
        <translation>로컬 API를 제공하지 못합니다</translation>
    </message>
    <message>
        <source>The system refused: {reason}. Everything is kept in step all the same.</source>
        <translation>시스템이 거부했습니다: {reason}. 동기화는 그대로 계속됩니다.</translation>
    </message>
    <message>
        <source>Start AISync again once that is mended; until then commands do not reach the running app.</source>
        <translation>문제를 고친 뒤 AISync를 다시 시작하십시오. 그때까지는 명령이 실행 중인 앱에 닿지 않습니다.</translation>
    </message>
    <message>
        <source>The token of the local API was made anew</source>
        <translation>로컬 API의 토큰을 새로 만들었습니다</translation>
    </message>
    <message>
        <source>Its file was empty, or it was none that only you could have written and read, so that somebody else may have known the token.</source>
        <translation>토큰 파일이 비어 있었거나 본인만 읽고 쓸 수 있는 파일이 아니어서 다른 사람이 토큰을 알았을 수 있습니다.</translation>
    </message>
    <message>
        <source>Give the new one to the programs that had the old one; `aisync token` prints it.</source>
        <translation>예전 토큰을 쓰던 프로그램에 새 토큰을 알려 주십시오. `aisync token`이 출력합니다.</translation>
    </message>
    <message>
        <source>Something is in the place of AISync&apos;s own files</source>
        <translation>AISync 자체 파일의 자리에 다른 것이 있습니다</translation>
    </message>
    <message>
        <source>{path} is a link, has a second name, is no regular file, or belongs to somebody else.</source>
        <translation>{path:은/는/ 파일은} 링크이거나, 다른 이름이 더 있거나, 일반 파일이 아니거나, 다른 사용자의 것입니다.</translation>
    </message>
    <message>
        <source>See who put it there, and take it away.</source>
        <translation>누가 두었는지 확인하고 치우십시오.</translation>
    </message>
    <message>
        <source>A log that was not AISync&apos;s own was set aside</source>
        <translation>AISync의 것이 아닌 로그를 치워 두었습니다</translation>
    </message>
    <message>
        <source>It was a link, had a second name, was no regular file, or belonged to somebody else; it is now {path}.</source>
        <translation>링크이거나, 다른 이름이 더 있거나, 일반 파일이 아니거나, 다른 사용자의 것이었습니다. 지금은 {path}에 있습니다.</translation>
    </message>
    <message>
        <source>See who put it there. A new log is written.</source>
        <translation>누가 두었는지 확인하십시오. 새 로그를 쓰고 있습니다.</translation>
    </message>
    <message>
        <source>AISync&apos;s own folder was open to others, and is no longer</source>
        <translation>다른 사용자에게 열려 있던 AISync 폴더를 닫았습니다</translation>
    </message>
    <message>
        <source>Others could write into {path}: what is in it may have been put there by somebody else.</source>
        <translation>다른 사용자가 {path}에 쓸 수 있었습니다. 안의 파일은 다른 사람이 둔 것일 수 있습니다.</translation>
    </message>
    <message>
        <source>Where others use this machine, look at the files in it; then there is nothing more to do.</source>
        <translation>이 컴퓨터를 다른 사람도 쓴다면 안의 파일을 살펴보십시오. 그 밖에 할 일은 없습니다.</translation>
    </message>
    <message>
        <source>This value cannot be used</source>
        <translation>이 값은 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>It holds a NUL, half of a character, or a number of more than 63 bits.</source>
        <translation>NUL 문자, 반쪽 문자, 또는 63비트를 넘는 수가 들어 있습니다.</translation>
    </message>
    <message>
        <source>Write it without that.</source>
        <translation>그것을 빼고 다시 쓰십시오.</translation>
    </message>
    <message>
        <source>This is a fault of AISync itself. Report it, with the file {path}.</source>
        <translation>AISync 자체의 결함입니다. {path} 파일과 함께 알려 주십시오.</translation>
    </message>
    <message>
        <source>{path}, line {line}: there is a blank beside the “=”.</source>
        <translation>{path} {line}번째 줄: “=” 옆에 공백이 있습니다.</translation>
    </message>
    <message>
        <source>{path}, line {line}: nothing is expanded here, so a value with $, a quote, a backslash or “#” stands in &apos;…&apos;.</source>
        <translation>{path} {line}번째 줄: 여기서는 아무것도 확장되지 않으므로 $, 따옴표, 역슬래시, “#”이 있는 값은 &apos;…&apos; 안에 적습니다.</translation>
    </message>
    <message>
        <source>{path}, line {line}: {name} says where this file is, so it cannot stand in it.</source>
        <translation>{path} {line}번째 줄: {name} 변수는 이 파일의 위치를 정하므로 이 파일에 둘 수 없습니다.</translation>
    </message>
    <message>
        <source>{path}, line {line}: this is no NAME=value.</source>
        <translation>{path} {line}번째 줄: NAME=value 형식이 아닙니다.</translation>
    </message>
    <message>
        <source>{path}, line {line}: this is no text in UTF-8.</source>
        <translation>{path} {line}번째 줄: UTF-8 텍스트가 아닙니다.</translation>
    </message>
    <message>
        <source>Others can write into a file of settings</source>
        <translation>다른 사람이 설정 파일에 쓸 수 있습니다</translation>
    </message>
    <message>
        <source>{path} may have been written by somebody else.</source>
        <translation>다른 사람이 썼을 수 있는 파일입니다: {path}</translation>
    </message>
    <message>
        <source>Look at it, then keep it for yourself: “chmod 600 {path}”.</source>
        <translation>내용을 확인한 뒤 혼자만 쓰도록 하십시오: “chmod 600 {path}”.</translation>
    </message>
    <message>
        <source>{path}, line {line}: a quote is not closed at the end of the line.</source>
        <translation>{path} {line}번째 줄: 줄 끝에서 따옴표가 닫히지 않았습니다.</translation>
    </message>
    <message>
        <source>Others can read {path}; “chmod 600” keeps it for yourself.</source>
        <translation>다른 사람이 읽을 수 있는 파일입니다: {path}. “chmod 600”으로 혼자만 읽게 할 수 있습니다.</translation>
    </message>
    <message>
        <source>A file of settings cannot be read</source>
        <translation>설정 파일을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>Mend the line, or put “#” before it.</source>
        <translation>줄을 고치거나 앞에 “#”을 붙이십시오.</translation>
    </message>
    <message>
        <source>{path}, line {line}: the file has more than 64 KB.</source>
        <translation>{path} {line}번째 줄: 파일이 64 KB보다 큽니다.</translation>
    </message>
    <message>
        <source>{path}, line {line}: {name} stands here twice.</source>
        <translation>{path} {line}번째 줄: {name} 변수가 두 번 나옵니다.</translation>
    </message>
    <message>
        <source>In {path} nobody reads: {names}.</source>
        <translation>{path}에서 아무도 읽지 않는 변수: {names}</translation>
    </message>
    <message>
        <source>{path}, line {line}: {name} cannot have this value.</source>
        <translation>{path} {line}번째 줄: {name} 변수에 쓸 수 없는 값입니다.</translation>
    </message>
    <message>
        <source>This token is not allowed to do that</source>
        <translation>이 토큰으로는 할 수 없는 일입니다</translation>
    </message>
    <message>
        <source>It lacks “{access}”.</source>
        <translation>“{access}” 권한이 없습니다.</translation>
    </message>
    <message>
        <source>Make one that has it: “aisync token new NAME --may {access}”.</source>
        <translation>그 권한이 있는 토큰을 만드세요: “aisync token new NAME --may {access}”.</translation>
    </message>
    <message>
        <source>Too many wrong tokens or passwords</source>
        <translation>잘못된 토큰이나 암호가 너무 많습니다</translation>
    </message>
    <message>
        <source>The next one is looked at in {seconds} {seconds:second|seconds}.</source>
        <translation>{seconds}초 뒤에 다음 시도를 확인합니다.</translation>
    </message>
    <message>
        <source>Wait for so long. Who has a token that is good is never made to wait.</source>
        <translation>그동안 기다려 주세요. 올바른 토큰이 있으면 기다리지 않습니다.</translation>
    </message>
    <message>
        <source>A token is needed</source>
        <translation>토큰이 필요합니다</translation>
    </message>
    <message>
        <source>None came with this, or one that is wrong, revoked, or whose time is over.</source>
        <translation>토큰이 없거나, 잘못되었거나, 취소되었거나, 기한이 지났습니다.</translation>
    </message>
    <message>
        <source>`aisync token` prints your own; “aisync token new NAME” makes one for another program.</source>
        <translation>`aisync token`은 내 토큰을 출력하고, “aisync token new NAME”은 다른 프로그램의 토큰을 만듭니다.</translation>
    </message>
    <message>
        <source>No password is set</source>
        <translation>설정된 암호가 없습니다</translation>
    </message>
    <message>
        <source>So no token is given out for one.</source>
        <translation>그래서 암호로 토큰을 내주지 않습니다.</translation>
    </message>
    <message>
        <source>Set one in a terminal: “aisync token password”.</source>
        <translation>터미널에서 설정하세요: “aisync token password”.</translation>
    </message>
    <message>
        <source>The password is wrong</source>
        <translation>암호가 틀렸습니다</translation>
    </message>
    <message>
        <source>No token is given out for it.</source>
        <translation>토큰을 내주지 않습니다.</translation>
    </message>
    <message>
        <source>“aisync token password” sets another one.</source>
        <translation>“aisync token password”로 다른 암호를 설정할 수 있습니다.</translation>
    </message>
    <message>
        <source>There is a token of this name</source>
        <translation>같은 이름의 토큰이 있습니다</translation>
    </message>
    <message>
        <source>“{name}” was made before.</source>
        <translation>“{name}” 토큰을 이미 만들었습니다.</translation>
    </message>
    <message>
        <source>Take another name, or give that one another secret: “aisync token rotate {name}”.</source>
        <translation>다른 이름을 쓰거나 그 토큰의 값을 바꾸세요: “aisync token rotate {name}”.</translation>
    </message>
    <message>
        <source>There are too many tokens</source>
        <translation>토큰이 너무 많습니다</translation>
    </message>
    <message>
        <source>There may be {most} at once.</source>
        <translation>한 번에 {most}개까지 둘 수 있습니다.</translation>
    </message>
    <message>
        <source>“aisync token list” shows them; “aisync token revoke NAME” takes one back.</source>
        <translation>“aisync token list”로 보고 “aisync token revoke NAME”으로 취소하세요.</translation>
    </message>
    <message>
        <source>There is no such token</source>
        <translation>그런 토큰이 없습니다</translation>
    </message>
    <message>
        <source>None has the name “{name}”.</source>
        <translation>이름이 “{name}”인 토큰이 없습니다.</translation>
    </message>
    <message>
        <source>“aisync token list” shows them.</source>
        <translation>“aisync token list”로 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>This token cannot give so much away</source>
        <translation>이 토큰으로는 그만큼 줄 수 없습니다</translation>
    </message>
    <message>
        <source>A token makes none that may do more, or lasts longer, than itself, nor does it get the secret of one.</source>
        <translation>토큰으로는 자신보다 많은 권한이나 긴 기한을 가진 토큰을 만들거나 그런 토큰의 값을 받을 수 없습니다.</translation>
    </message>
    <message>
        <source>Do it in a terminal of your own, with “aisync token”.</source>
        <translation>직접 터미널에서 “aisync token”으로 하세요.</translation>
    </message>
</context>
<context>
    <name>pages</name>
    <message>
        <source>Home</source>
        <translation>홈</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>결정</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>권한</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>상태 점검</translation>
    </message>
    <message>
        <source>First run</source>
        <translation>첫 실행</translation>
    </message>
</context>
<context>
    <name>permissions</name>
    <message>
        <source>Allowed in its sandbox</source>
        <translation>샌드박스 안에서 허용</translation>
    </message>
    <message>
        <source>Asks a model</source>
        <translation>모델에게 물음</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>허용</translation>
    </message>
    <message>
        <source>Asks</source>
        <translation>물음</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>거부</translation>
    </message>
    <message>
        <source>its mode: {mode}</source>
        <translation>모드: {mode}</translation>
    </message>
</context>
<context>
    <name>undo</name>
    <message>
        <source>Do again: {change}</source>
        <translation>다시 실행: {change}</translation>
    </message>
    <message>
        <source>Undo: {change}</source>
        <translation>실행 취소: {change}</translation>
    </message>
    <message>
        <source>This allows again what was refused</source>
        <translation>거부했던 것을 다시 허용하게 됩니다</translation>
    </message>
    <message>
        <source>This allows more</source>
        <translation>더 많이 허용하게 됩니다</translation>
    </message>
    <message>
        <source>Allow it again</source>
        <translation>다시 허용</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Write {count} {count:file|files} again</source>
        <translation>파일 {count}개 다시 쓰기</translation>
    </message>
    <message>
        <source>Put back {count} {count:file|files}</source>
        <translation>파일 {count}개 되돌리기</translation>
    </message>
    <message>
        <source>Changed by {who}, {when}</source>
        <translation>바꾼 쪽: {who}, {when}</translation>
    </message>
    <message>
        <source>{change}: {count} {count:file|files} written again</source>
        <translation>{change}: 파일 {count}개를 다시 썼습니다</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>{change}: {count} {count:file|files} put back</source>
        <translation>{change}: 파일 {count}개를 되돌렸습니다</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Something went wrong in AISync. A report was written; you can try again.</source>
        <translation>AISync에 문제가 생겼습니다. 보고서를 남겼으니 다시 시도할 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>For all projects</source>
        <translation>모든 프로젝트</translation>
    </message>
    <message>
        <source>For {project}</source>
        <translation>{project}</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>인수</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>전송 방식</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>답하기</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>You</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>Start-up</source>
        <translation>시작 시</translation>
    </message>
</context>
</TS>
