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
    <message numerus="yes">
        <source>Interrupted; %n message(s) wait for the same command to go on.</source>
        <translation>
            <numerusform>Interrupted; %n message waits for the same command to go on.</numerusform>
            <numerusform>Interrupted; %n messages wait for the same command to go on.</numerusform>
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
<context>
    <name>Doctor</name>
    <message numerus="yes">
        <source>%n things need mending.</source>
        <translation>
            <numerusform>%n thing needs mending.</numerusform>
            <numerusform>%n things need mending.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message numerus="yes">
        <source>Keychain: works, and holds %n credentials of this program.</source>
        <translation>
            <numerusform>Keychain: works, and holds %n credential of this program.</numerusform>
            <numerusform>Keychain: works, and holds %n credentials of this program.</numerusform>
        </translation>
    </message>
</context>
</TS>
