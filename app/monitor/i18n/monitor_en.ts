<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>EventLane</name>
    <message numerus="yes">
        <source>and %n more at this moment</source>
        <translation>
            <numerusform>and %n more at this moment</numerusform>
            <numerusform>and %n more at this moment</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NodesPage</name>
    <message numerus="yes">
        <source>%n field(s) differ</source>
        <translation>
            <numerusform>%n field differs</numerusform>
            <numerusform>%n fields differ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::ScopeNodes</name>
    <message numerus="yes">
        <source>, %n fault(s) injected</source>
        <translation>
            <numerusform>, %n fault injected</numerusform>
            <numerusform>, %n faults injected</numerusform>
        </translation>
    </message>
</context>
</TS>
