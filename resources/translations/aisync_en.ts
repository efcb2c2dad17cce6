<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CheckupDesk</name>
    <message numerus="yes">
        <source>Repaired: %n file(s) written</source>
        <translation>
            <numerusform>Repaired: %n file written</numerusform>
            <numerusform>Repaired: %n files written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CheckupWindow</name>
    <message numerus="yes">
        <source>%n thing(s) found</source>
        <translation>
            <numerusform>%n thing found</numerusform>
            <numerusform>%n things found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DecisionDesk</name>
    <message numerus="yes">
        <source>%n file(s) written</source>
        <translation>
            <numerusform>%n file written</numerusform>
            <numerusform>%n files written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusWindow</name>
    <message numerus="yes">
        <source>and %n more (“aisync plan” lists them all)</source>
        <translation>
            <numerusform>and %n more (“aisync plan” lists them all)</numerusform>
            <numerusform>and %n more (“aisync plan” lists them all)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) will be written:</source>
        <translation>
            <numerusform>%n file will be written:</numerusform>
            <numerusform>%n files will be written:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) cannot be expressed by every client.</source>
        <translation>
            <numerusform>%n entry cannot be expressed by every client.</numerusform>
            <numerusform>%n entries cannot be expressed by every client.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) wait for you; what they are about stays as it is.</source>
        <translation>
            <numerusform>%n question waits for you; what it is about stays as it is.</numerusform>
            <numerusform>%n questions wait for you; what they are about stays as it is.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) or entry(ies) are left alone: see “Waiting for you”.</source>
        <translation>
            <numerusform>%n file or entry is left alone: see “Waiting for you”.</numerusform>
            <numerusform>%n files or entries are left alone: see “Waiting for you”.</numerusform>
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
        <source>%n decision(s) wait for you</source>
        <translation>
            <numerusform>%n decision waits for you</numerusform>
            <numerusform>%n decisions wait for you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message numerus="yes">
        <source>%n &amp;decision(s)…</source>
        <translation>
            <numerusform>%n &amp;decision…</numerusform>
            <numerusform>%n &amp;decisions…</numerusform>
        </translation>
    </message>
</context>
</TS>
