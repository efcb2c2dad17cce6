<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message numerus="yes">
        <source>Answer %n question(s)</source>
        <translation>
            <numerusform>Answer %n question</numerusform>
            <numerusform>Answer %n questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CheckupView</name>
    <message numerus="yes">
        <source>%n thing(s) found</source>
        <translation>
            <numerusform>%n thing found</numerusform>
            <numerusform>%n things found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%n item(s) changed</source>
        <translation>
            <numerusform>%n item changed</numerusform>
            <numerusform>%n items changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied to %n client(s)</source>
        <translation>
            <numerusform>Copied to %n client</numerusform>
            <numerusform>Copied to %n clients</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) put back</source>
        <translation>
            <numerusform>%n file put back</numerusform>
            <numerusform>%n files put back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DiffLines</name>
    <message numerus="yes">
        <source>%n more lines added</source>
        <translation>
            <numerusform>%n more line added</numerusform>
            <numerusform>%n more lines added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more lines removed</source>
        <translation>
            <numerusform>%n more line removed</numerusform>
            <numerusform>%n more lines removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines are the same</source>
        <translation>
            <numerusform>%n line is the same</numerusform>
            <numerusform>%n lines are the same</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FileHead</name>
    <message numerus="yes">
        <source>%n lines added</source>
        <translation>
            <numerusform>%n line added</numerusform>
            <numerusform>%n lines added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines removed</source>
        <translation>
            <numerusform>%n line removed</numerusform>
            <numerusform>%n lines removed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FirstRunWords</name>
    <message numerus="yes">
        <source>%n client(s) found</source>
        <translation>
            <numerusform>%n client was found</numerusform>
            <numerusform>%n clients were found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Continue to %n question(s)</source>
        <translation>
            <numerusform>Continue to %n question</numerusform>
            <numerusform>Continue to %n questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) before anything is written</source>
        <translation>
            <numerusform>%n question before anything is written</numerusform>
            <numerusform>%n questions before anything is written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) set up in different ways</source>
        <translation>
            <numerusform>%n server is set up in different ways</numerusform>
            <numerusform>%n servers are set up in different ways</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rule text(s) written in different ways</source>
        <translation>
            <numerusform>%n rule text is written in different ways</numerusform>
            <numerusform>%n rule texts are written in different ways</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n permission(s) answered in different ways</source>
        <translation>
            <numerusform>%n permission is answered in different ways</numerusform>
            <numerusform>%n permissions are answered in different ways</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) with a secret</source>
        <translation>
            <numerusform>%n server holds a secret</numerusform>
            <numerusform>%n servers hold secrets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n permission(s) that would allow more</source>
        <translation>
            <numerusform>%n permission that would allow more</numerusform>
            <numerusform>%n permissions that would allow more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n question</numerusform>
            <numerusform>%n questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) stay open until you answer.</source>
        <translation>
            <numerusform>%n question stays open until you answer.</numerusform>
            <numerusform>%n questions stay open until you answer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) will change</source>
        <translation>
            <numerusform>%n file will change</numerusform>
            <numerusform>%n files will change</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay as they are</source>
        <translation>
            <numerusform>%n stays as it is</numerusform>
            <numerusform>%n stay as they are</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n client(s)</source>
        <translation>
            <numerusform>%n client</numerusform>
            <numerusform>%n clients</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Writing %n file(s)</source>
        <translation>
            <numerusform>Writing %n file</numerusform>
            <numerusform>Writing %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be written yet</source>
        <translation>
            <numerusform>%n file could not be written yet</numerusform>
            <numerusform>%n files could not be written yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leaves out %n setting(s)</source>
        <translation>
            <numerusform>Leaves out %n setting</numerusform>
            <numerusform>Leaves out %n settings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) left out</source>
        <translation>
            <numerusform>%n setting is left out</numerusform>
            <numerusform>%n settings are left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s)</source>
        <translation>
            <numerusform>%n server</numerusform>
            <numerusform>%n servers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n permission(s)</source>
        <translation>
            <numerusform>%n permission</numerusform>
            <numerusform>%n permissions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of rules</source>
        <translation>
            <numerusform>%n line of rules</numerusform>
            <numerusform>%n lines of rules</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rule text(s)</source>
        <translation>
            <numerusform>%n rule text</numerusform>
            <numerusform>%n rule texts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HealthPage</name>
    <message numerus="yes">
        <source>Repaired: %n file(s) written</source>
        <translation>
            <numerusform>Repaired: %n file written</numerusform>
            <numerusform>Repaired: %n files written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message numerus="yes">
        <source>%n file(s) written</source>
        <translation>
            <numerusform>%n file written</numerusform>
            <numerusform>%n files written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SideBar</name>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n question</numerusform>
            <numerusform>%n questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Titles</name>
    <message numerus="yes">
        <source>%n file(s) brought in step</source>
        <translation>
            <numerusform>%n file brought in step</numerusform>
            <numerusform>%n files brought in step</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) deleted everywhere</source>
        <translation>
            <numerusform>%n item deleted everywhere</numerusform>
            <numerusform>%n items deleted everywhere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) wait for you</source>
        <translation>
            <numerusform>%n question waits for you</numerusform>
            <numerusform>%n questions wait for you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message numerus="yes">
        <source>All %n question(s)</source>
        <translation>
            <numerusform>All %n question</numerusform>
            <numerusform>All %n questions</numerusform>
        </translation>
    </message>
</context>
</TS>
