<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>QtDelivery</name>
    <message numerus="yes">
        <source>The producer %1 has begun anew; %n message(s) of its former life were received but not delivered.</source>
        <extracomment>%1 is a producer&apos;s id</extracomment>
        <translation>
            <numerusform>The producer %1 has begun anew; %n message of its former life was received but not delivered.</numerusform>
            <numerusform>The producer %1 has begun anew; %n messages of its former life were received but not delivered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The producer began anew; %n message(s) were dropped.</source>
        <translation>
            <numerusform>The producer began anew; %n message was dropped.</numerusform>
            <numerusform>The producer began anew; %n messages were dropped.</numerusform>
        </translation>
    </message>
</context>
</TS>
