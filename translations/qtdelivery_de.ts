<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Cli</name>
    <message>
        <source>%1 left</source>
        <extracomment>%1 is minutes and seconds</extracomment>
        <translation>Noch %1</translation>
    </message>
</context>
<context>
    <name>Cli::Command</name>
    <message>
        <source>The summary cannot be written.</source>
        <translation>Die Zusammenfassung kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>%1 messages, %2/s, %3 in flight, %4</source>
        <extracomment>%1 and %3 are numbers of messages, %2 is messages per second, %4 the state of the link</extracomment>
        <translation>%1 Nachrichten, %2/s, %3 unterwegs, %4</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht verbunden</translation>
    </message>
</context>
<context>
    <name>Cli::Endpoint</name>
    <message>
        <source>&apos;%1&apos; is not an address; write tcp://host:port or local:name.</source>
        <translation>&apos;%1&apos; ist keine Adresse; schreiben Sie tcp://host:port oder local:name.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be written: %2.</source>
        <translation>&apos;%1&apos; kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>%1 Trying again.</source>
        <extracomment>%1 is a sentence that says why there is no connection</extracomment>
        <translation>%1 Es wird erneut versucht.</translation>
    </message>
</context>
<context>
    <name>Cli::FileSender</name>
    <message>
        <source>%1 is not a file.</source>
        <translation>%1 ist keine Datei.</translation>
    </message>
    <message>
        <source>%1 does not exist.</source>
        <translation>%1 gibt es nicht.</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>%1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>%1 cannot be sent: %2</source>
        <extracomment>%1 is a file, %2 a sentence</extracomment>
        <translation>%1 kann nicht gesendet werden: %2</translation>
    </message>
    <message numerus="yes">
        <source>Interrupted; %1 of %n file(s) are confirmed.</source>
        <translation>
            <numerusform>Unterbrochen; %1 von %n Datei ist bestätigt.</numerusform>
            <numerusform>Unterbrochen; %1 von %n Dateien sind bestätigt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Interrupted; %n message(s) wait for the same command to go on.</source>
        <translation>
            <numerusform>Unterbrochen; %n Nachricht wartet darauf, dass derselbe Befehl fortfährt.</numerusform>
            <numerusform>Unterbrochen; %n Nachrichten warten darauf, dass derselbe Befehl fortfährt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Cli::LineReader</name>
    <message>
        <source>&apos;%1&apos; is a directory.</source>
        <translation>&apos;%1&apos; ist ein Verzeichnis.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be read: %2.</source>
        <translation>&apos;%1&apos; kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>standard input</source>
        <translation>Standardeingabe</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <extracomment>a file name, and the number of a line in it</extracomment>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>%1 is longer than %2 bytes, the most that one message may have.</source>
        <translation>%1 ist länger als %2 Bytes, das Höchste, was eine Nachricht haben darf.</translation>
    </message>
</context>
<context>
    <name>Cli::LineWriter</name>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>%1 is not a file.</source>
        <translation>%1 ist keine Datei.</translation>
    </message>
    <message>
        <source>%1 is shorter than what was written to it before.</source>
        <translation>%1 ist kürzer als das, was früher hineingeschrieben wurde.</translation>
    </message>
    <message>
        <source>Nobody reads standard output any more.</source>
        <translation>Niemand liest mehr die Standardausgabe.</translation>
    </message>
    <message>
        <source>Standard output cannot be written: %1.</source>
        <translation>Die Standardausgabe kann nicht geschrieben werden: %1.</translation>
    </message>
</context>
<context>
    <name>Cli::Receiver</name>
    <message>
        <source>The sender was not reached any more to confirm the last messages.</source>
        <translation>Der Sender war nicht mehr erreichbar, um die letzten Nachrichten zu bestätigen.</translation>
    </message>
    <message>
        <source>%1 cannot be written to the disk: %2.</source>
        <extracomment>%1 is a file, %2 the system&apos;s reason</extracomment>
        <translation>%1 kann nicht auf den Datenträger geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>Another receiver has taken the flow &apos;%1&apos;.</source>
        <translation>Ein anderer Empfänger hat den Fluss &apos;%1&apos; übernommen.</translation>
    </message>
</context>
<context>
    <name>Cli::Sender</name>
    <message>
        <source>The input is shorter than what was sent of it before; for another input use another folder with --durable.</source>
        <translation>Die Eingabe ist kürzer als das, was früher daraus gesendet wurde; nehmen Sie für eine andere Eingabe einen anderen Ordner bei --durable.</translation>
    </message>
    <message>
        <source>%1 is not what was sent before; for another input use another folder with --durable.</source>
        <extracomment>%1 is a file and a line number</extracomment>
        <translation>%1 ist nicht das, was früher gesendet wurde; nehmen Sie für eine andere Eingabe einen anderen Ordner bei --durable.</translation>
    </message>
    <message>
        <source>%1 cannot be sent: %2</source>
        <extracomment>%1 is a file and a line number, %2 a sentence</extracomment>
        <translation>%1 kann nicht gesendet werden: %2</translation>
    </message>
    <message numerus="yes">
        <source>Interrupted; %n message(s) wait for the same command to go on.</source>
        <translation>
            <numerusform>Unterbrochen; %n Nachricht wartet darauf, dass derselbe Befehl fortfährt.</numerusform>
            <numerusform>Unterbrochen; %n Nachrichten warten darauf, dass derselbe Befehl fortfährt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Interrupted; %1 of the %2 messages that were sent are confirmed.</source>
        <translation>Unterbrochen; %1 der %2 gesendeten Nachrichten sind bestätigt.</translation>
    </message>
</context>
<context>
    <name>Cli::Top</name>
    <message>
        <source>Usage: qtdelivery top [--once]
Shows the flows of every process of this user that was started with
QTDELIVERY_MONITOR=1, and why they do not move. &apos;q&apos; ends it.

Options:
  --once      Prints the table once, as it does if standard output is no terminal.
  -h, --help  Shows this text.
</source>
        <translation>Aufruf: qtdelivery top [--once]
Zeigt die Flüsse aller Prozesse dieses Benutzers, die mit QTDELIVERY_MONITOR=1
gestartet wurden, und warum sie sich nicht bewegen. &apos;q&apos; beendet es.

Optionen:
  --once      Gibt die Tabelle einmal aus, wie immer, wenn die Standardausgabe kein
              Terminal ist.
  -h, --help  Zeigt diesen Text.
</translation>
    </message>
    <message>
        <source>%1 nodes, %2 flows</source>
        <extracomment>%1 is a number of nodes, %2 of ends of flows</extracomment>
        <translation>%1 Knoten, %2 Flüsse</translation>
    </message>
    <message>
        <source>No process can be watched: start one with QTDELIVERY_MONITOR=1.</source>
        <translation>Kein Prozess kann beobachtet werden: starten Sie einen mit QTDELIVERY_MONITOR=1.</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>The name of the flow; &apos;*&apos; receives all.</source>
        <translation>Der Name des Flusses; &apos;*&apos; empfängt alle.</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>NAME</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>Connects to the other side at URL, and again whenever the link is lost.</source>
        <translation>Verbindet sich mit der anderen Seite an URL, und wieder, wann immer die Verbindung verloren geht.</translation>
    </message>
    <message>
        <source>DIR</source>
        <translation>ORDNER</translation>
    </message>
    <message>
        <source>With --into: replaces files that are there already.</source>
        <translation>Mit --into: ersetzt Dateien, die schon da sind.</translation>
    </message>
    <message>
        <source>Sends no more than BYTES of payload per second; K, M, G multiply by 1024, 1024² and 1024³.</source>
        <translation>Sendet höchstens BYTES an Nutzdaten je Sekunde; K, M, G multiplizieren mit 1024, 1024² und 1024³.</translation>
    </message>
    <message>
        <source>BYTES[K|M|G]</source>
        <translation>BYTES[K|M|G]</translation>
    </message>
    <message>
        <source>Stores each message in the folder DIR before it is sent. After whatever has ended it, the same command goes on: what was stored is sent, and of the files what was not. (Standard input cannot be read again: all of it is new.)</source>
        <translation>Speichert jede Nachricht im Ordner ORDNER, bevor sie gesendet wird. Was auch immer ihn beendet hat: derselbe Befehl macht weiter; was gespeichert war, wird gesendet, und von den Dateien, was es nicht war. (Die Standardeingabe kann nicht noch einmal gelesen werden: alles darin ist neu.)</translation>
    </message>
    <message>
        <source>&apos;send&apos;: as --durable, in the database CONNECTION; &apos;receive&apos;: as --progress. sqlite:/path/file.db, or postgresql://user@host/database.</source>
        <translation>&apos;send&apos;: wie --durable, in der Datenbank VERBINDUNG; &apos;receive&apos;: wie --progress. sqlite:/pfad/datei.db oder postgresql://benutzer@host/datenbank.</translation>
    </message>
    <message>
        <source>CONNECTION</source>
        <translation>VERBINDUNG</translation>
    </message>
    <message>
        <source>Remembers in the folder DIR what was received. The same command is not given it again.</source>
        <translation>Merkt sich im Ordner ORDNER, was empfangen wurde. Derselbe Befehl bekommt es nicht noch einmal.</translation>
    </message>
    <message>
        <source>With --progress: writes to FILE instead of standard output. Its length is remembered too, and what was written beyond it is cut off at the next start, so that the file has every message once, whatever was killed or lost its power. (On standard output a kill may repeat what was written and not yet remembered.)</source>
        <translation>Mit --progress: schreibt in DATEI statt auf die Standardausgabe. Auch ihre Länge wird gemerkt, und was darüber hinaus geschrieben wurde, wird beim nächsten Start abgeschnitten, sodass die Datei jede Nachricht einmal enthält, was auch immer abgeschossen wurde oder den Strom verlor. (Auf der Standardausgabe kann sich nach einem Abschuss wiederholen, was geschrieben, aber noch nicht gemerkt war.)</translation>
    </message>
    <message>
        <source>FILE</source>
        <translation>DATEI</translation>
    </message>
    <message>
        <source>Ends after N messages, when they are confirmed.</source>
        <translation>Endet nach N Nachrichten, wenn sie bestätigt sind.</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>Ends after SECONDS without a message.</source>
        <translation>Endet nach SEKUNDEN ohne Nachricht.</translation>
    </message>
    <message>
        <source>SECONDS</source>
        <translation>SEKUNDEN</translation>
    </message>
    <message>
        <source>F</source>
        <translation>D</translation>
    </message>
    <message>
        <source>Prints a summary at the end: messages, bytes, seconds, resent, duplicatesDropped, reconnects. &apos;send&apos; prints it on standard output, &apos;receive&apos; on standard error because its standard output carries the messages.</source>
        <translation>Gibt am Ende eine Zusammenfassung aus: messages, bytes, seconds, resent, duplicatesDropped, reconnects. &apos;send&apos; gibt sie auf der Standardausgabe aus, &apos;receive&apos; auf der Standardfehlerausgabe, weil seine Standardausgabe die Nachrichten trägt.</translation>
    </message>
    <message>
        <source>Tells on standard error what happens in the protocol.</source>
        <translation>Berichtet auf der Standardfehlerausgabe, was im Protokoll geschieht.</translation>
    </message>
    <message>
        <source>Shows this text.</source>
        <translation>Zeigt diesen Text.</translation>
    </message>
    <message>
        <source>Shows the version.</source>
        <translation>Zeigt die Version.</translation>
    </message>
    <message>
        <source>Files to send, &apos;-&apos; is standard input, the default.</source>
        <translation>Zu sendende Dateien, &apos;-&apos; ist die Standardeingabe, die Vorgabe.</translation>
    </message>
    <message>
        <source>[FILE…]</source>
        <translation>[DATEI…]</translation>
    </message>
    <message>
        <source>Sends each line of the files, or with --file each file, as one message of a flow
and ends when all of them are confirmed.</source>
        <translation>Sendet jede Zeile der Dateien, oder mit --file jede Datei, als eine Nachricht eines
Flusses und endet, wenn alle bestätigt sind.</translation>
    </message>
    <message>
        <source>Writes each message of a flow as one line to standard output, and confirms it when
it is written. Without --count and --idle-exit it ends with Ctrl-C.

With --flow &apos;*&apos; it takes every flow that is offered and writes the name of the flow
and a tab before each message.</source>
        <translation>Schreibt jede Nachricht eines Flusses als eine Zeile auf die Standardausgabe und
bestätigt sie, wenn sie geschrieben ist. Ohne --count und --idle-exit endet es mit
Strg-C.

Mit --flow &apos;*&apos; nimmt es jeden angebotenen Fluss und schreibt den Namen des Flusses
und einen Tabulator vor jede Nachricht.</translation>
    </message>
    <message>
        <source>Unknown option &apos;%1&apos;.</source>
        <translation>Unbekannte Option &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>Unknown command &apos;%1&apos;.</source>
        <translation>Unbekannter Befehl &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>Usage: qtdelivery send --flow NAME (--listen URL | --connect URL) [options] [FILE…]</source>
        <translation>Aufruf: qtdelivery send --flow NAME (--listen URL | --connect URL) [Optionen] [DATEI…]</translation>
    </message>
    <message>
        <source>Usage: qtdelivery receive --flow NAME (--listen URL | --connect URL) [options]</source>
        <translation>Aufruf: qtdelivery receive --flow NAME (--listen URL | --connect URL) [Optionen]</translation>
    </message>
    <message>
        <source>--flow is missing.</source>
        <translation>--flow fehlt.</translation>
    </message>
    <message>
        <source>--flow can be given only once.</source>
        <translation>--flow kann nur einmal angegeben werden.</translation>
    </message>
    <message>
        <source>The name of a flow has 1 to 255 bytes and no control characters.</source>
        <translation>Der Name eines Flusses hat 1 bis 255 Bytes und keine Steuerzeichen.</translation>
    </message>
    <message>
        <source>Exactly one --listen or --connect is needed.</source>
        <translation>Genau ein --listen oder --connect wird gebraucht.</translation>
    </message>
    <message>
        <source>--port-file needs the name of a file.</source>
        <translation>--port-file braucht den Namen einer Datei.</translation>
    </message>
    <message>
        <source>A flow that is sent cannot be named &apos;*&apos;.</source>
        <translation>Ein gesendeter Fluss kann nicht &apos;*&apos; heißen.</translation>
    </message>
    <message>
        <source>--limit-rate needs a number of bytes, such as 500, 100K or 2M, not &apos;%1&apos;.</source>
        <translation>--limit-rate braucht eine Anzahl von Bytes, etwa 500, 100K oder 2M, nicht &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>--durable needs the name of a folder.</source>
        <translation>--durable braucht den Namen eines Ordners.</translation>
    </message>
    <message>
        <source>Only one of --durable and --durable-sql can be given.</source>
        <translation>Nur eines von --durable und --durable-sql kann angegeben werden.</translation>
    </message>
    <message>
        <source>--file needs the name of a file.</source>
        <translation>--file braucht den Namen einer Datei.</translation>
    </message>
    <message>
        <source>&apos;receive&apos; takes no file: &apos;%1&apos;.</source>
        <translation>&apos;receive&apos; nimmt keine Datei: &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>Only one of --count and --idle-exit can be given.</source>
        <translation>Nur eines von --count und --idle-exit kann angegeben werden.</translation>
    </message>
    <message>
        <source>--count needs a number of messages, not &apos;%1&apos;.</source>
        <translation>--count braucht eine Anzahl von Nachrichten, nicht &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>--idle-exit needs a number of seconds, such as 2 or 0.5, not &apos;%1&apos;.</source>
        <translation>--idle-exit braucht eine Anzahl von Sekunden, etwa 2 oder 0.5, nicht &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>--progress needs the name of a folder.</source>
        <translation>--progress braucht den Namen eines Ordners.</translation>
    </message>
    <message>
        <source>Only one of --progress and --durable-sql can be given.</source>
        <translation>Nur eines von --progress und --durable-sql kann angegeben werden.</translation>
    </message>
    <message>
        <source>Progress needs the name of one flow.</source>
        <translation>Fortschritt braucht den Namen eines einzelnen Flusses.</translation>
    </message>
    <message>
        <source>--out needs the name of a file.</source>
        <translation>--out braucht den Namen einer Datei.</translation>
    </message>
    <message>
        <source>--out needs --progress or --durable-sql.</source>
        <translation>--out braucht --progress oder --durable-sql.</translation>
    </message>
    <message>
        <source>--into needs the name of a folder.</source>
        <translation>--into braucht den Namen eines Ordners.</translation>
    </message>
    <message>
        <source>Only one of --into and --out can be given.</source>
        <translation>Nur eines von --into und --out kann angegeben werden.</translation>
    </message>
    <message>
        <source>--force needs --into.</source>
        <translation>--force braucht --into.</translation>
    </message>
    <message>
        <source>Try &apos;%1&apos;.</source>
        <translation>Versuchen Sie &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>Say what to do: &apos;send&apos;, &apos;receive&apos;, &apos;journal&apos;, &apos;metrics&apos;, &apos;top&apos;, &apos;credentials&apos; or &apos;doctor&apos;.</source>
        <translation>Sagen Sie, was zu tun ist: &apos;send&apos;, &apos;receive&apos;, &apos;journal&apos;, &apos;metrics&apos;, &apos;top&apos;, &apos;credentials&apos; oder &apos;doctor&apos;.</translation>
    </message>
    <message>
        <source>Waits for the other side at URL: tcp://address:port or tls://address:port, where port 0 is any that is free, or local:name.</source>
        <translation>Wartet unter URL auf die andere Seite: tcp://Adresse:Port oder tls://Adresse:Port, wobei Port 0 irgendein freier ist, oder local:Name.</translation>
    </message>
    <message>
        <source>For tls: addresses: the certificate of this side, and those between it and its authority, as PEM.</source>
        <translation>Für tls:-Adressen: das Zertifikat dieser Seite und die zwischen ihm und seiner Zertifizierungsstelle, als PEM.</translation>
    </message>
    <message>
        <source>The private key of --tls-cert, as PEM.</source>
        <translation>Der private Schlüssel zu --tls-cert, als PEM.</translation>
    </message>
    <message>
        <source>The authority that issues the certificate of the other side, as PEM. With --listen the other side must show one.</source>
        <translation>Die Stelle, die das Zertifikat der anderen Seite ausstellt, als PEM. Mit --listen muss die andere Seite eines zeigen.</translation>
    </message>
    <message>
        <source>The other side must have the key with this SHA-256, 64 hexadecimal digits. May be given more than once. Without --tls-ca nothing else of its certificate counts.</source>
        <translation>Die andere Seite muss den Schlüssel mit diesem SHA-256 haben, 64 hexadezimale Ziffern. Kann mehrmals angegeben werden. Ohne --tls-ca zählt von ihrem Zertifikat nichts anderes.</translation>
    </message>
    <message>
        <source>DIGITS</source>
        <translation>ZIFFERN</translation>
    </message>
    <message>
        <source>SOURCE</source>
        <translation>QUELLE</translation>
    </message>
    <message>
        <source>Lets in whoever comes from other machines, and uses tcp: addresses beyond this one, where everybody on the way can read and change what is said.</source>
        <translation>Lässt jeden ein, der von anderen Rechnern kommt, und benutzt tcp:-Adressen über diesen hinaus, wo alle unterwegs lesen und ändern können, was gesagt wird.</translation>
    </message>
    <message>
        <source>Writes the port of a tcp: or tls: address of --listen to F.</source>
        <translation>Schreibt den Port einer tcp:- oder tls:-Adresse von --listen nach F.</translation>
    </message>
    <message>
        <source>--port-file needs --listen with a tcp: or tls: address.</source>
        <translation>--port-file braucht --listen mit einer tcp:- oder tls:-Adresse.</translation>
    </message>
    <message>
        <source>--tls-cert and --tls-key belong together.</source>
        <translation>--tls-cert und --tls-key gehören zusammen.</translation>
    </message>
    <message>
        <source>--pin needs 64 hexadecimal digits, not &apos;%1&apos;.</source>
        <translation>--pin braucht 64 hexadezimale Ziffern, nicht „%1“.</translation>
    </message>
    <message>
        <source>Both sides must have the same secret. It is in the keychain (keychain:NAME, kept there by &apos;qtdelivery credentials set NAME&apos;), in a file (file:PATH) or in an environment variable (env:NAME).</source>
        <translation>Beide Seiten müssen dasselbe Geheimnis haben. Es ist im Schlüsselbund (keychain:NAME, dort abgelegt mit &apos;qtdelivery credentials set NAME&apos;), in einer Datei (file:PFAD) oder in einer Umgebungsvariablen (env:NAME).</translation>
    </message>
    <message>
        <source>--secret-from needs keychain:NAME, file:PATH or env:NAME.</source>
        <translation>--secret-from braucht keychain:NAME, file:PFAD oder env:NAME.</translation>
    </message>
    <message>
        <source>Sends each FILE as one message, with its name, however long it is. The files must stay as they are until the end, or with --durable until they are stored.</source>
        <translation>Sendet jede DATEI als eine Nachricht, mit ihrem Namen und gleich welcher Länge. Die Dateien müssen bis zum Ende bleiben, wie sie sind, mit --durable bis sie gespeichert sind.</translation>
    </message>
    <message>
        <source>Writes each message of &apos;send --file&apos; to a file in the folder DIR, under the name that the sender gives: when it is complete and verified, then it is confirmed. After whatever has ended it, the same command goes on where a file was cut off, if the sender has not been ended as well, or has --durable.</source>
        <translation>Schreibt jede Nachricht von &apos;send --file&apos; in eine Datei im Ordner ORDNER, unter dem Namen, den der Sender angibt: ist sie vollständig und geprüft, wird sie bestätigt. Was auch immer ihn beendet hat: derselbe Befehl macht dort weiter, wo eine Datei abgeschnitten wurde, wenn der Sender nicht ebenfalls beendet wurde oder --durable hat.</translation>
    </message>
    <message>
        <source>--file does not go with --durable-sql.</source>
        <translation>--file geht nicht zusammen mit --durable-sql.</translation>
    </message>
    <message>
        <source>Packs messages with zstd while they travel, where that makes them shorter.</source>
        <translation>Packt Nachrichten unterwegs mit zstd, wo sie das kürzer macht.</translation>
    </message>
    <message>
        <source>Lets &apos;qtdelivery-monitor --connect&apos; watch from other machines, at URL: tls://address:port. Needs --tls-cert, --tls-key and a token.</source>
        <translation>Lässt &apos;qtdelivery-monitor --connect&apos; von anderen Rechnern aus zusehen, an URL: tls://Adresse:Port. Braucht --tls-cert, --tls-key und ein Token.</translation>
    </message>
    <message>
        <source>Where the token is that monitors must have, too: as --secret-from.</source>
        <translation>Wo das Token ist, das auch die Monitore haben müssen: wie bei --secret-from.</translation>
    </message>
    <message>
        <source>--monitor-listen and --monitor-token-from belong together.</source>
        <translation>--monitor-listen und --monitor-token-from gehören zusammen.</translation>
    </message>
    <message>
        <source>--monitor-listen needs a tls: address, and --tls-cert and --tls-key.</source>
        <translation>--monitor-listen braucht eine tls:-Adresse und --tls-cert und --tls-key.</translation>
    </message>
    <message>
        <source>--monitor-token-from needs keychain:NAME, file:PATH or env:NAME.</source>
        <translation>--monitor-token-from braucht keychain:NAME, file:PFAD oder env:NAME.</translation>
    </message>
    <message>
        <source>Encrypts what is stored in DIR, and what is arriving for --into, with a key of 32 random bytes, or their base64: in the keychain (keychain:NAME), in a file (file:PATH) or in an environment variable (env:NAME). May be given more than once: the first is for what is new, the others are former keys, for what was stored with them.</source>
        <translation>Verschlüsselt, was in ORDNER gespeichert wird und was für --into ankommt, mit einem Schlüssel aus 32 zufälligen Bytes, oder deren Base64: im Schlüsselbund (keychain:NAME), in einer Datei (file:PFAD) oder in einer Umgebungsvariablen (env:NAME). Kann mehrmals angegeben werden: der erste ist für das, was neu ist, die anderen sind frühere Schlüssel, für das, was mit ihnen gespeichert wurde.</translation>
    </message>
    <message>
        <source>--storage-key-from needs --durable.</source>
        <translation>--storage-key-from braucht --durable.</translation>
    </message>
    <message>
        <source>--storage-key-from needs --progress or --into, without --durable-sql.</source>
        <translation>--storage-key-from braucht --progress oder --into, ohne --durable-sql.</translation>
    </message>
    <message>
        <source>Usage: qtdelivery send --flow NAME (--listen URL | --connect URL) [options] [FILE…]
       qtdelivery receive --flow NAME (--listen URL | --connect URL) [options]
       qtdelivery journal verify|dump DIR [--key-from SOURCE]
       qtdelivery metrics
       qtdelivery top [--once]
       qtdelivery credentials set|list|remove [NAME]
       qtdelivery doctor
Carries lines of text, or of any bytes, from one process to another: in order, each once,
however often the link is lost on the way. &apos;journal&apos; looks into the folder of
&apos;send --durable&apos; without changing it; &apos;metrics&apos; and &apos;top&apos; show the flows of running
processes that were started with QTDELIVERY_MONITOR=1; &apos;credentials&apos; keeps secrets;
&apos;doctor&apos; says what is wrong with this machine.

Options:
  -h, --help     Shows this text; &apos;qtdelivery send --help&apos; and &apos;qtdelivery receive --help&apos;
                 say more.
  -v, --version  Shows the version.

Example, in two terminals:
  qtdelivery receive --flow notes --listen tcp://127.0.0.1:4711
  qtdelivery send --flow notes --connect tcp://127.0.0.1:4711 notes.txt

Exit code: 0 done, 1 failed, 2 wrong usage, 130 after Ctrl-C, 143 after SIGTERM.
</source>
        <translation>Aufruf: qtdelivery send --flow NAME (--listen URL | --connect URL) [Optionen] [DATEI…]
        qtdelivery receive --flow NAME (--listen URL | --connect URL) [Optionen]
        qtdelivery journal verify|dump ORDNER [--key-from QUELLE]
        qtdelivery metrics
        qtdelivery top [--once]
        qtdelivery credentials set|list|remove [NAME]
        qtdelivery doctor
Trägt Zeilen von Text, oder beliebige Bytes, von einem Prozess zum anderen: der Reihe nach,
jede einmal, wie oft auch immer die Verbindung unterwegs verloren geht. &apos;journal&apos; sieht in
den Ordner von &apos;send --durable&apos;, ohne ihn zu ändern; &apos;metrics&apos; und &apos;top&apos; zeigen die Flüsse
laufender Prozesse, die mit QTDELIVERY_MONITOR=1 gestartet wurden.
&apos;credentials&apos; bewahrt Geheimnisse auf; &apos;doctor&apos; sagt, was diesem Rechner fehlt.

Optionen:
  -h, --help     Zeigt diesen Text; &apos;qtdelivery send --help&apos; und &apos;qtdelivery receive --help&apos;
                 sagen mehr.
  -v, --version  Zeigt die Version.

Beispiel, in zwei Terminals:
  qtdelivery receive --flow notes --listen tcp://127.0.0.1:4711
  qtdelivery send --flow notes --connect tcp://127.0.0.1:4711 notes.txt

Exitcode: 0 getan, 1 gescheitert, 2 falscher Aufruf, 130 nach Strg-C, 143 nach SIGTERM.
</translation>
    </message>
    <message>
        <source>Where the passphrase of --tls-key is, if it has one: as --secret-from.</source>
        <translation>Wo die Passphrase von --tls-key ist, wenn er eine hat: wie --secret-from.</translation>
    </message>
    <message>
        <source>--tls-key-passphrase-from needs --tls-key, and keychain:NAME, file:PATH or env:NAME.</source>
        <translation>--tls-key-passphrase-from braucht --tls-key und keychain:NAME, file:PFAD oder env:NAME.</translation>
    </message>
</context>
<context>
    <name>CredentialReader</name>
    <message>
        <source>The keychain has no secret named &apos;%1&apos;. &apos;qtdelivery credentials set %1&apos; keeps one there, &apos;qtdelivery credentials list&apos; shows which there are.</source>
        <extracomment>%1 is the name of a credential</extracomment>
        <translation>Im Schlüsselbund ist kein Geheimnis namens &apos;%1&apos;. &apos;qtdelivery credentials set %1&apos; legt dort eines ab, &apos;qtdelivery credentials list&apos; zeigt, welche es gibt.</translation>
    </message>
</context>
<context>
    <name>Credentials</name>
    <message>
        <source>Try &apos;%1&apos;.</source>
        <translation>Versuchen Sie &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>Say what to do: &apos;set&apos;, &apos;list&apos; or &apos;remove&apos;.</source>
        <translation>Sagen Sie, was zu tun ist: &apos;set&apos;, &apos;list&apos; oder &apos;remove&apos;.</translation>
    </message>
    <message>
        <source>The name of the credential is missing.</source>
        <translation>Der Name des Zugangsdatums fehlt.</translation>
    </message>
    <message>
        <source>A secret is not given on the command line, where others could read it: it is typed, or read from standard input.</source>
        <translation>Ein Geheimnis steht nicht in der Befehlszeile, wo andere es lesen könnten: Es wird eingetippt oder von der Standardeingabe gelesen.</translation>
    </message>
    <message>
        <source>There is a word too many: &apos;%1&apos;.</source>
        <translation>Da ist ein Wort zu viel: &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>--store needs &apos;keychain&apos; or &apos;file:PATH&apos;, not &apos;%1&apos;.</source>
        <translation>--store braucht &apos;keychain&apos; oder &apos;file:PFAD&apos;, nicht &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>--passphrase-from needs --store file:PATH.</source>
        <translation>--passphrase-from braucht --store file:PFAD.</translation>
    </message>
    <message>
        <source>--passphrase-from needs &apos;file:PATH&apos; or &apos;env:VARIABLE&apos;.</source>
        <translation>--passphrase-from braucht &apos;file:PFAD&apos; oder &apos;env:VARIABLE&apos;.</translation>
    </message>
    <message>
        <source>%1 has no passphrase in it.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>%1 enthält keine Passphrase.</translation>
    </message>
    <message>
        <source>Passphrase of %1: </source>
        <extracomment>%1 is a file; the question is followed by what is typed</extracomment>
        <translation>Passphrase von %1: </translation>
    </message>
    <message>
        <source>A file of credentials needs a passphrase.</source>
        <translation>Eine Datei mit Zugangsdaten braucht eine Passphrase.</translation>
    </message>
    <message>
        <source>The file is new. The same passphrase again: </source>
        <extracomment>the question is followed by what is typed</extracomment>
        <translation>Die Datei ist neu. Dieselbe Passphrase noch einmal: </translation>
    </message>
    <message>
        <source>These were two different passphrases.</source>
        <translation>Das waren zwei verschiedene Passphrasen.</translation>
    </message>
    <message>
        <source>Secret for &quot;%1&quot;: </source>
        <extracomment>%1 is the name of a credential; the question is followed by what is typed</extracomment>
        <translation>Geheimnis für „%1“: </translation>
    </message>
    <message>
        <source>Standard input cannot be read.</source>
        <translation>Die Standardeingabe kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>There was no secret to be read.</source>
        <translation>Es war kein Geheimnis zu lesen.</translation>
    </message>
    <message>
        <source>There is no terminal to ask for the passphrase; --passphrase-from says where it is.</source>
        <translation>Es gibt kein Terminal, um nach der Passphrase zu fragen; --passphrase-from sagt, wo sie ist.</translation>
    </message>
    <message>
        <source>Usage: qtdelivery credentials set NAME [options]
       qtdelivery credentials list [options]
       qtdelivery credentials remove NAME [options]
Keeps secrets, such as passwords and keys, under names. &apos;set&apos; asks for the secret, or
reads it from standard input, up to 64 KiB, without a line break at its end.

Options:
  --store STORE             Where: &apos;keychain&apos;, the desktop&apos;s, which is the default, or
                            &apos;file:PATH&apos;, a file encrypted with a passphrase.
  --passphrase-from SOURCE  Where the passphrase of the file is: &apos;file:PATH&apos; or
                            &apos;env:VARIABLE&apos;. Without it, it is asked for.

Examples:
  qtdelivery credentials set orders
  head -c 32 /dev/urandom | base64 |
      qtdelivery credentials set orders --store file:/etc/shop/credentials
</source>
        <translation>Aufruf: qtdelivery credentials set NAME [Optionen]
        qtdelivery credentials list [Optionen]
        qtdelivery credentials remove NAME [Optionen]
Bewahrt Geheimnisse wie Passwörter und Schlüssel unter Namen auf. &apos;set&apos; fragt nach dem
Geheimnis oder liest es von der Standardeingabe, bis zu 64 KiB, ohne Zeilenende am Schluss.

Optionen:
  --store ABLAGE             Wo: &apos;keychain&apos;, im Schlüsselbund, was die Voreinstellung ist, oder
                             &apos;file:PFAD&apos;, in einer mit einer Passphrase verschlüsselten Datei.
  --passphrase-from QUELLE   Wo die Passphrase der Datei ist: &apos;file:PFAD&apos; oder
                             &apos;env:VARIABLE&apos;. Ohne dies wird nach ihr gefragt.

Beispiele:
  qtdelivery credentials set orders
  head -c 32 /dev/urandom | base64 |
      qtdelivery credentials set orders --store file:/etc/shop/credentials
</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>Nothing needs mending.</source>
        <translation>Nichts ist in Ordnung zu bringen.</translation>
    </message>
    <message numerus="yes">
        <source>%n things need mending.</source>
        <translation>
            <numerusform>%n Sache ist in Ordnung zu bringen.</numerusform>
            <numerusform>%n Sachen sind in Ordnung zu bringen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Usage: qtdelivery doctor
Looks at what is needed of this machine - TLS, keychain, clock, directories - and says what
to mend. Changes nothing. Exit code: 0 nothing needs mending, 1 something does.
</source>
        <translation>Aufruf: qtdelivery doctor
Sieht nach, was von diesem Rechner gebraucht wird - TLS, Schlüsselbund, Uhr, Verzeichnisse -,
und sagt, was in Ordnung zu bringen ist. Ändert nichts. Exit-Code: 0 nichts, 1 etwas.
</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>TLS: Qt has no TLS library that works. Install OpenSSL 3 and Qt&apos;s plugin for it (libqt6network6 has it on Debian).</source>
        <translation>TLS: Qt hat keine TLS-Bibliothek, die funktioniert. Installieren Sie OpenSSL 3 und das Plugin von Qt dafür (unter Debian in libqt6network6).</translation>
    </message>
    <message>
        <source>TLS: Qt found no OpenSSL and can only look at certificates, not encrypt. Install OpenSSL 3.</source>
        <translation>TLS: Qt hat kein OpenSSL gefunden und kann Zertifikate nur ansehen, nicht verschlüsseln. Installieren Sie OpenSSL 3.</translation>
    </message>
    <message>
        <source>TLS: works, by %1 (%2).</source>
        <extracomment>%1 is the name of a library, %2 its version</extracomment>
        <translation>TLS: funktioniert, mit %1 (%2).</translation>
    </message>
    <message numerus="yes">
        <source>Keychain: works, and holds %n credentials of this program.</source>
        <translation>
            <numerusform>Schlüsselbund: funktioniert und enthält %n Zugangsdatum dieses Programms.</numerusform>
            <numerusform>Schlüsselbund: funktioniert und enthält %n Zugangsdaten dieses Programms.</numerusform>
        </translation>
    </message>
    <message>
        <source>Keychain: %1</source>
        <extracomment>%1 is a sentence</extracomment>
        <translation>Schlüsselbund: %1</translation>
    </message>
    <message>
        <source>Clock: it says %1, which cannot be. Certificates will seem not yet or no longer valid. Set it, or let it be set over the network.</source>
        <extracomment>%1 is a time</extracomment>
        <translation>Uhr: Sie zeigt %1, was nicht sein kann. Zertifikate werden noch nicht oder nicht mehr gültig scheinen. Stellen Sie sie, oder lassen Sie sie über das Netz stellen.</translation>
    </message>
    <message>
        <source>Clock: it says %1, which can be.</source>
        <extracomment>%1 is a time</extracomment>
        <translation>Uhr: Sie zeigt %1, was sein kann.</translation>
    </message>
    <message>
        <source>Directory: %1 is no directory. Remove it.</source>
        <extracomment>%1 is a path</extracomment>
        <translation>Verzeichnis: %1 ist keines. Entfernen Sie es.</translation>
    </message>
    <message>
        <source>Directory: %1 cannot be used, since nothing can be written to %2 (%3). Give this user the right to, or make room.</source>
        <extracomment>%1 and %2 are paths, %3 the system&apos;s reason</extracomment>
        <translation>Verzeichnis: %1 kann nicht benutzt werden, da nach %2 nichts geschrieben werden kann (%3). Geben Sie diesem Benutzer das Recht dazu, oder schaffen Sie Platz.</translation>
    </message>
    <message>
        <source>Directory: others may enter %1. Forbid it: chmod 700 %1</source>
        <extracomment>%1 is a path</extracomment>
        <translation>Verzeichnis: Andere dürfen in %1. Verbieten Sie es: chmod 700 %1</translation>
    </message>
    <message>
        <source>Directory: %1 can be made when it is needed.</source>
        <extracomment>%1 is a path</extracomment>
        <translation>Verzeichnis: %1 kann angelegt werden, wenn es gebraucht wird.</translation>
    </message>
    <message>
        <source>Directory: %1 can be written to.</source>
        <extracomment>%1 is a path</extracomment>
        <translation>Verzeichnis: In %1 kann geschrieben werden.</translation>
    </message>
    <message>
        <source>Processes: none that can be watched. Those started with QTDELIVERY_MONITOR=1 can be.</source>
        <translation>Prozesse: keiner, dem zugesehen werden kann. Mit QTDELIVERY_MONITOR=1 gestarteten kann es.</translation>
    </message>
    <message>
        <source>Processes that can be watched: %1.</source>
        <extracomment>%1 is a list of programs</extracomment>
        <translation>Prozesse, denen zugesehen werden kann: %1.</translation>
    </message>
</context>
<context>
    <name>Journal</name>
    <message>
        <source>%1: %2 records, %3 of %4 bytes used%5</source>
        <translation>%1: %2 Einträge, %3 von %4 Bytes benutzt%5</translation>
    </message>
    <message>
        <source>, not needed any more</source>
        <translation>, nicht mehr gebraucht</translation>
    </message>
    <message>
        <source>Messages of %1: the next is number %2, unconfirmed are %3.</source>
        <extracomment>%1 is a producer&apos;s id, %2 and %3 are numbers</extracomment>
        <translation>Nachrichten von %1: die nächste ist Nummer %2, unbestätigt sind %3.</translation>
    </message>
    <message>
        <source>Usage: qtdelivery journal verify|dump DIR [--key-from SOURCE]</source>
        <translation>Aufruf: qtdelivery journal verify|dump ORDNER [--key-from QUELLE]</translation>
    </message>
</context>
<context>
    <name>Metrics</name>
    <message>
        <source>Usage: qtdelivery metrics
Prints the flows and links of every process of this user that was started with
QTDELIVERY_MONITOR=1, in the text format of Prometheus.
</source>
        <translation>Aufruf: qtdelivery metrics
Gibt die Flüsse und Verbindungen aller Prozesse dieses Benutzers, die mit
QTDELIVERY_MONITOR=1 gestartet wurden, im Textformat von Prometheus aus.
</translation>
    </message>
</context>
<context>
    <name>Security</name>
    <message>
        <source>Nobody on another machine could be let in: say whom with --tls-ca, --pin or --secret-from, or give --allow-anyone.</source>
        <translation>Niemand auf einem anderen Rechner könnte eingelassen werden: Sagen Sie mit --tls-ca, --pin oder --secret-from, wer, oder geben Sie --allow-anyone an.</translation>
    </message>
</context>
<context>
    <name>StorageKeySource</name>
    <message>
        <source>%1 needs keychain:NAME, file:PATH or env:NAME.</source>
        <extracomment>%1 is an option, such as --key-from</extracomment>
        <translation>%1 braucht keychain:NAME, file:PFAD oder env:NAME.</translation>
    </message>
</context>
<context>
    <name>TargetFolder</name>
    <message>
        <source>Files cannot be written into %1.</source>
        <translation>In %1 können keine Dateien geschrieben werden.</translation>
    </message>
    <message>
        <source>Message %1 has no name; &apos;send --file&apos; gives one.</source>
        <translation>Nachricht %1 hat keinen Namen; &apos;send --file&apos; gibt einen.</translation>
    </message>
    <message>
        <source>The sender calls a file &apos;%1&apos;; such a name is not allowed here.</source>
        <translation>Der Sender nennt eine Datei &apos;%1&apos;; ein solcher Name ist hier nicht erlaubt.</translation>
    </message>
    <message>
        <source>%1 is there already; --force replaces it.</source>
        <translation>%1 ist schon da; --force ersetzt es.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
</context>
</TS>
