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
