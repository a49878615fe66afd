<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Cli::FileSender</name>
    <message numerus="yes">
        <source>Interrupted; %1 of %n file(s) are confirmed.</source>
        <translation>
            <numerusform>Interrupted; %1 of %n file is confirmed.</numerusform>
            <numerusform>Interrupted; %1 of %n files are confirmed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Cli::Sender</name>
    <message numerus="yes">
        <source>Interrupted; %n message(s) wait for the same command to go on.</source>
        <translation>
            <numerusform>Interrupted; %n message waits for the same command to go on.</numerusform>
            <numerusform>Interrupted; %n messages wait for the same command to go on.</numerusform>
        </translation>
    </message>
</context>
</TS>
