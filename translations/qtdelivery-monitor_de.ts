<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Monitor</name>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>SVG pictures (*.svg)</source>
        <translation>SVG-Bilder (*.svg)</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <extracomment>%1 is a file name, %2 are the system&apos;s words</extracomment>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>No progress</source>
        <translation>Kein Fortschritt</translation>
    </message>
    <message>
        <source>Old backlog</source>
        <translation>Alter Rückstau</translation>
    </message>
    <message>
        <source>Many resends</source>
        <translation>Viele Wiederholungen</translation>
    </message>
    <message>
        <source>Slow storage</source>
        <translation>Langsamer Speicher</translation>
    </message>
    <message>
        <source>Unsteady link</source>
        <translation>Unstete Verbindung</translation>
    </message>
    <message>
        <source>Two producers</source>
        <translation>Zwei Produzenten</translation>
    </message>
    <message>
        <source>%1: %2 messages wait, and none has been confirmed for a while.</source>
        <translation>%1: %2 Nachrichten warten, und seit einiger Zeit wurde keine bestätigt.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: the oldest unconfirmed message has waited for %2.</source>
        <extracomment>%1 is a flow, %2 a time such as 40 s</extracomment>
        <translation>%1: die älteste unbestätigte Nachricht wartet seit %2.</translation>
    </message>
    <message>
        <source>%1: %2 of the messages are sent again.</source>
        <extracomment>%1 is a flow, %2 a percentage</extracomment>
        <translation>%1: %2 der Nachrichten werden erneut gesendet.</translation>
    </message>
    <message>
        <source>%1: the storage takes %2 to answer.</source>
        <extracomment>%1 is a flow, %2 a time such as 300 ms</extracomment>
        <translation>%1: der Speicher braucht %2 für eine Antwort.</translation>
    </message>
    <message>
        <source>%1: the nodes %2 and %3 both have a producer of this name for the same consumer.</source>
        <extracomment>%1 is the id of a producer, %2 and %3 are nodes</extracomment>
        <translation>%1: die Knoten %2 und %3 haben beide einen Produzenten dieses Namens für denselben Konsumenten.</translation>
    </message>
    <message>
        <source>%1: the link was lost %2 times within a minute.</source>
        <extracomment>%1 are two nodes, %2 is a number</extracomment>
        <translation>%1: die Verbindung ging innerhalb einer Minute %2-mal verloren.</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <extracomment>the id %1 on the node %2</extracomment>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>Idle</source>
        <extracomment>a flow that has nothing to do</extracomment>
        <translation>Untätig</translation>
    </message>
    <message>
        <source>Moving</source>
        <extracomment>a flow whose messages are confirmed</extracomment>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Waiting</source>
        <extracomment>a flow that is held up for the moment</extracomment>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Stuck</source>
        <extracomment>a flow that needs somebody</extracomment>
        <translation>Steht still</translation>
    </message>
    <message>
        <source>Producer</source>
        <translation>Produzent</translation>
    </message>
    <message>
        <source>Consumer</source>
        <translation>Konsument</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Delivered, waiting for confirmation</source>
        <translation>Zugestellt, wartet auf Bestätigung</translation>
    </message>
    <message>
        <source>Received, buffered</source>
        <translation>Empfangen, gepuffert</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Missing, to be sent again</source>
        <translation>Fehlt, wird erneut gesendet</translation>
    </message>
    <message>
        <source>Ready to be sent</source>
        <translation>Bereit zum Senden</translation>
    </message>
    <message>
        <source>Granted, unused</source>
        <translation>Freigegeben, ungenutzt</translation>
    </message>
    <message>
        <source>Stored, not granted</source>
        <translation>Gespeichert, nicht freigegeben</translation>
    </message>
    <message>
        <source>%1: the consumer has confirmed, the producer has not heard of it yet.</source>
        <extracomment>%1 are numbers of messages</extracomment>
        <translation>%1: der Konsument hat bestätigt, der Produzent weiß es noch nicht.</translation>
    </message>
    <message>
        <source>%1: the consumer allows, the producer has not heard of it yet.</source>
        <extracomment>%1 are numbers of messages</extracomment>
        <translation>%1: der Konsument gibt frei, der Produzent weiß es noch nicht.</translation>
    </message>
    <message>
        <source>%1: the consumer has received what the producer never sent.</source>
        <extracomment>%1 are numbers of messages</extracomment>
        <translation>%1: der Konsument hat empfangen, was der Produzent nie gesendet hat.</translation>
    </message>
    <message>
        <source>%1: the producer believes it may send what the consumer never allowed.</source>
        <extracomment>%1 are numbers of messages</extracomment>
        <translation>%1: der Produzent meint senden zu dürfen, was der Konsument nie freigegeben hat.</translation>
    </message>
    <message>
        <source>%1: the producer believes to be confirmed what the consumer has not confirmed.</source>
        <extracomment>%1 are numbers of messages</extracomment>
        <translation>%1: der Produzent hält für bestätigt, was der Konsument nicht bestätigt hat.</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <extracomment>%1 is a number of milliseconds
----------
%1 is a number of milliseconds, such as 0.25</extracomment>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <extracomment>%1 is a number of seconds</extracomment>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <extracomment>%1 is a number of minutes</extracomment>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <extracomment>%1 is a number of hours</extracomment>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1/s</source>
        <extracomment>%1 is a number of messages
----------
%1 is a number of bytes with its unit, such as 1.5 MB</extracomment>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1–%2</source>
        <extracomment>the numbers from %1 to %2</extracomment>
        <translation>%1–%2</translation>
    </message>
    <message>
        <source>Not blocked</source>
        <translation>Nicht aufgehalten</translation>
    </message>
    <message>
        <source>No consumer</source>
        <translation>Kein Konsument</translation>
    </message>
    <message>
        <source>Window used up</source>
        <translation>Fenster aufgebraucht</translation>
    </message>
    <message>
        <source>Application busy</source>
        <translation>Anwendung beschäftigt</translation>
    </message>
    <message>
        <source>Storage slow</source>
        <translation>Speicher langsam</translation>
    </message>
    <message>
        <source>Link down</source>
        <translation>Verbindung unterbrochen</translation>
    </message>
    <message>
        <source>Limit reached</source>
        <translation>Grenze erreicht</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>No producer</source>
        <translation>Kein Produzent</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Sent again</source>
        <translation>Erneut gesendet</translation>
    </message>
    <message>
        <source>Shows the flows of every process of this user that was started with QTDELIVERY_MONITOR=1: what is in flight, what waits for whom, and why it does not move.</source>
        <translation>Zeigt die Flüsse aller Prozesse dieses Benutzers, die mit QTDELIVERY_MONITOR=1 gestartet wurden: was unterwegs ist, was auf wen wartet und warum es sich nicht bewegt.</translation>
    </message>
    <message>
        <source>Runs flows in this process and shows them.</source>
        <translation>Betreibt Flüsse in diesem Prozess und zeigt sie.</translation>
    </message>
    <message>
        <source>Watches the process at this socket, and no others. May be given several times.</source>
        <translation>Beobachtet den Prozess an diesem Socket und keine anderen. Mehrfach möglich.</translation>
    </message>
    <message>
        <source>path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Records everything to this file from the start.</source>
        <translation>Zeichnet von Anfang an alles in dieser Datei auf.</translation>
    </message>
    <message>
        <source>file</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Keeps its settings in this file.</source>
        <translation>Bewahrt seine Einstellungen in dieser Datei.</translation>
    </message>
    <message>
        <source>Writes pictures of every screen to this directory, then ends.</source>
        <translation>Schreibt Bilder aller Seiten in dieses Verzeichnis und endet dann.</translation>
    </message>
    <message>
        <source>directory</source>
        <translation>Verzeichnis</translation>
    </message>
    <message>
        <source>With --screenshot: so many seconds after the start. Default: 12.</source>
        <translation>Mit --screenshot: so viele Sekunden nach dem Start. Vorgabe: 12.</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>A recording to be opened.</source>
        <translation>Eine zu öffnende Aufzeichnung.</translation>
    </message>
    <message>
        <source>Only one recording can be opened at a time.</source>
        <translation>Nur eine Aufzeichnung kann auf einmal geöffnet werden.</translation>
    </message>
    <message>
        <source>--after wants a number of seconds from 0 to 3600.</source>
        <translation>--after braucht eine Anzahl von Sekunden von 0 bis 3600.</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Window edge</source>
        <extracomment>up to which number the producer may send</extracomment>
        <translation>Fensterrand</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Zugestellt</translation>
    </message>
    <message>
        <source>This is not a recording of flows.</source>
        <translation>Das ist keine Aufzeichnung von Flüssen.</translation>
    </message>
    <message>
        <source>The recording has version %1, which this program cannot read.</source>
        <extracomment>%1 is a number</extracomment>
        <translation>Die Aufzeichnung hat Version %1, die dieses Programm nicht lesen kann.</translation>
    </message>
    <message>
        <source>The recording ends in the middle of an entry; everything before that is shown.</source>
        <translation>Die Aufzeichnung endet mitten in einem Eintrag; alles davor wird gezeigt.</translation>
    </message>
    <message>
        <source>The recording is damaged; everything before that is shown.</source>
        <translation>Die Aufzeichnung ist beschädigt; alles davor wird gezeigt.</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Lädt</translation>
    </message>
    <message>
        <source>Not attached</source>
        <translation>Nicht angeschlossen</translation>
    </message>
    <message>
        <source>Attaching</source>
        <translation>Schließt an</translation>
    </message>
    <message>
        <source>Attached</source>
        <translation>Angeschlossen</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Started</source>
        <extracomment>the application has called start()</extracomment>
        <translation>Gestartet</translation>
    </message>
    <message>
        <source>Durable</source>
        <translation>Dauerhaft</translation>
    </message>
    <message>
        <source>Epoch</source>
        <extracomment>how many registrations the producer has counted</extracomment>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Anschlüsse</translation>
    </message>
    <message>
        <source>Next number</source>
        <translation>Nächste Nummer</translation>
    </message>
    <message>
        <source>Stored up to</source>
        <translation>Gespeichert bis</translation>
    </message>
    <message>
        <source>Granted up to</source>
        <translation>Freigegeben bis</translation>
    </message>
    <message>
        <source>Sent up to</source>
        <translation>Gesendet bis</translation>
    </message>
    <message>
        <source>Received up to</source>
        <translation>Empfangen bis</translation>
    </message>
    <message>
        <source>Delivered up to</source>
        <translation>Zugestellt bis</translation>
    </message>
    <message>
        <source>Confirmed up to</source>
        <translation>Bestätigt bis</translation>
    </message>
    <message>
        <source>Bytes unconfirmed</source>
        <translation>Bytes unbestätigt</translation>
    </message>
    <message>
        <source>Bytes in flight</source>
        <translation>Bytes unterwegs</translation>
    </message>
    <message>
        <source>Bytes granted</source>
        <translation>Bytes freigegeben</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Bytes of messages</source>
        <translation>Bytes der Nachrichten</translation>
    </message>
    <message>
        <source>Asked for again</source>
        <translation>Erneut angefordert</translation>
    </message>
    <message>
        <source>Duplicates dropped</source>
        <translation>Duplikate verworfen</translation>
    </message>
    <message>
        <source>Refused calls</source>
        <translation>Abgelehnte Aufrufe</translation>
    </message>
    <message>
        <source>Not stored</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>Storage, last answer</source>
        <translation>Speicher, letzte Antwort</translation>
    </message>
    <message>
        <source>Storage, longest answer</source>
        <translation>Speicher, längste Antwort</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>Attempts in vain</source>
        <translation>Vergebliche Versuche</translation>
    </message>
    <message>
        <source>The settings could not be read, so the defaults are used. The old file is now %1.</source>
        <extracomment>%1 is a file name</extracomment>
        <translation>Die Einstellungen waren nicht lesbar, daher gelten die Vorgaben. Die alte Datei heißt jetzt %1.</translation>
    </message>
    <message>
        <source>Storage, size</source>
        <translation>Speicher, Größe</translation>
    </message>
    <message>
        <source>Storage, files</source>
        <translation>Speicher, Dateien</translation>
    </message>
    <message>
        <source>Storage, longest sync</source>
        <translation>Speicher, längstes Schreiben</translation>
    </message>
    <message>
        <source>Watches the process at this address on the network, tls://HOST:PORT, and no others.</source>
        <translation>Beobachtet den Prozess an dieser Adresse im Netz, tls://HOST:PORT, und keine anderen.</translation>
    </message>
    <message>
        <source>address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>With --connect: believes the authorities in this file, not the system&apos;s.</source>
        <translation>Mit --connect: glaubt den Zertifizierungsstellen in dieser Datei, nicht denen des Systems.</translation>
    </message>
    <message>
        <source>With --connect: believes the key with this fingerprint, of 64 hexadecimal digits. May be given several times. Without --tls-ca nothing else of the certificate counts.</source>
        <translation>Mit --connect: glaubt dem Schlüssel mit diesem Fingerabdruck, 64 hexadezimale Ziffern. Mehrfach möglich. Ohne --tls-ca zählt vom Zertifikat nichts anderes.</translation>
    </message>
    <message>
        <source>fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>With --connect: where the token is, keychain:NAME, file:PATH or env:VARIABLE.</source>
        <translation>Mit --connect: wo das Token ist, keychain:NAME, file:PFAD oder env:VARIABLE.</translation>
    </message>
    <message>
        <source>place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>--demo, --socket, --connect and a recording exclude each other.</source>
        <translation>--demo, --socket, --connect und eine Aufzeichnung schließen einander aus.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not an address of a process: write tls://HOST:PORT.</source>
        <extracomment>%1 is what the user gave</extracomment>
        <translation>&apos;%1&apos; ist keine Adresse eines Prozesses: Schreiben Sie tls://HOST:PORT.</translation>
    </message>
    <message>
        <source>A fingerprint has 64 hexadecimal digits, unlike &apos;%1&apos;.</source>
        <extracomment>%1 is what the user gave</extracomment>
        <translation>Ein Fingerabdruck hat 64 hexadezimale Ziffern, anders als &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>A token is needed: --token-from says where it is, keychain:NAME, file:PATH or env:VARIABLE.</source>
        <translation>Es braucht ein Token: --token-from sagt, wo es ist, keychain:NAME, file:PFAD oder env:VARIABLE.</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <extracomment>sizes before and after: &quot;10 MB to 2 MB&quot;</extracomment>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>Compressed</source>
        <translation>Komprimiert</translation>
    </message>
    <message>
        <source>%1 goes with --connect.</source>
        <extracomment>%1 is an option, such as --pin</extracomment>
        <translation>%1 gehört zu --connect.</translation>
    </message>
    <message>
        <source>With --connect: the monitor&apos;s own certificate, for processes that ask for one.</source>
        <translation>Mit --connect: das Zertifikat des Monitors selbst, für Prozesse, die eines verlangen.</translation>
    </message>
    <message>
        <source>The private key of --tls-cert.</source>
        <translation>Der private Schlüssel zu --tls-cert.</translation>
    </message>
    <message>
        <source>Where the passphrase of --tls-key is, if it has one: as --token-from.</source>
        <translation>Wo die Passphrase von --tls-key ist, falls er eine hat: wie --token-from.</translation>
    </message>
    <message>
        <source>The keychain has nothing named &apos;%1&apos;: type it once more, or keep it there with &apos;qtdelivery credentials set %1&apos;.</source>
        <extracomment>%1 is the name of a credential</extracomment>
        <translation>Im Schlüsselbund ist nichts namens &apos;%1&apos;: Geben Sie es noch einmal ein, oder legen Sie es dort mit &apos;qtdelivery credentials set %1&apos; ab.</translation>
    </message>
    <message>
        <source>A certificate of one&apos;s own and its private key belong together.</source>
        <translation>Ein eigenes Zertifikat und sein privater Schlüssel gehören zusammen.</translation>
    </message>
    <message>
        <source>--tls-key-passphrase-from needs --tls-key, and keychain:NAME, file:PATH or env:VARIABLE.</source>
        <translation>--tls-key-passphrase-from braucht --tls-key und keychain:NAME, file:PFAD oder env:VARIABLE.</translation>
    </message>
</context>
<context>
    <name>Monitor::AlertBoard</name>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <extracomment>the alert was on from the time %1 to the time %2</extracomment>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>When</source>
        <extracomment>when an alert was on</extracomment>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Worüber</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Was nicht stimmt</translation>
    </message>
</context>
<context>
    <name>Monitor::ChunkMap</name>
    <message>
        <source>%1 %</source>
        <extracomment>%1 is a number</extracomment>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Parts of a large message</source>
        <translation>Teile einer großen Nachricht</translation>
    </message>
    <message>
        <source>A large message travels in parts. Each cell is a part of its bytes, from its beginning at the upper left to its end; the colour and the hatch say how far it has come.</source>
        <translation>Eine große Nachricht reist in Teilen. Jede Zelle ist ein Teil ihrer Bytes, vom Anfang oben links bis zum Ende; Farbe und Schraffur sagen, wie weit er gekommen ist.</translation>
    </message>
    <message>
        <source>No large message is under way. Messages longer than the setting chunkLargeMessages travel in parts and are shown here.</source>
        <translation>Keine große Nachricht ist unterwegs. Nachrichten, die länger sind als die Einstellung chunkLargeMessages, reisen in Teilen und erscheinen hier.</translation>
    </message>
    <message>
        <source>No large message is under way.</source>
        <translation>Keine große Nachricht ist unterwegs.</translation>
    </message>
    <message>
        <source>Message %1: all of %2 has arrived and is verified, in %3 (%4)</source>
        <extracomment>%1 is a number, %2 a size such as 16 MB, %3 a time such as 8 s, %4 a rate such as 2 MB/s</extracomment>
        <translation>Nachricht %1: alle %2 sind angekommen und geprüft, in %3 (%4)</translation>
    </message>
    <message>
        <source>Message %1: %2 of %3 (%4)</source>
        <extracomment>%1 is a number, %2 and %3 are sizes such as 16 MB, %4 is a percentage</extracomment>
        <translation>Nachricht %1: %2 von %3 (%4)</translation>
    </message>
    <message>
        <source>%1, %2, %3 left</source>
        <extracomment>%1 is the text before, %2 a rate such as 2 MB/s, %3 a time such as 8 s</extracomment>
        <translation>%1, %2, noch %3</translation>
    </message>
    <message>
        <source>%1: about %2</source>
        <extracomment>%1 is a state such as &quot;Received&quot;, %2 a size such as 4 MB</extracomment>
        <translation>%1: etwa %2</translation>
    </message>
    <message>
        <source>Bytes %1: %2</source>
        <extracomment>%1 are numbers of bytes, %2 is a state such as &quot;Received&quot;</extracomment>
        <translation>Bytes %1: %2</translation>
    </message>
</context>
<context>
    <name>Monitor::ConnectDialog</name>
    <message>
        <source>Connect over the network</source>
        <translation>Über das Netz verbinden</translation>
    </message>
    <message>
        <source>Those of the system</source>
        <translation>Die des Systems</translation>
    </message>
    <message>
        <source>Any, if an authority vouches for it</source>
        <translation>Jeder, für den eine Zertifizierungsstelle bürgt</translation>
    </message>
    <message>
        <source>That of the keychain</source>
        <translation>Das aus dem Schlüsselbund</translation>
    </message>
    <message>
        <source>&amp;Keep the token in the keychain</source>
        <translation>Token im Schlüsselbund &amp;behalten</translation>
    </message>
    <message>
        <source>&amp;Address:</source>
        <translation>A&amp;dresse:</translation>
    </message>
    <message>
        <source>&amp;Certificates of authorities:</source>
        <translation>&amp;Zertifikate von Zertifizierungsstellen:</translation>
    </message>
    <message>
        <source>&amp;Fingerprint of its key:</source>
        <translation>&amp;Fingerabdruck des Schlüssels:</translation>
    </message>
    <message>
        <source>&amp;Token:</source>
        <translation>&amp;Token:</translation>
    </message>
    <message>
        <source>None</source>
        <comment>certificate, key or passphrase</comment>
        <translation>Ohne</translation>
    </message>
    <message>
        <source>&amp;Own certificate:</source>
        <translation>&amp;Eigenes Zertifikat:</translation>
    </message>
    <message>
        <source>None; some processes let in only who shows one</source>
        <translation>Keines; manche Prozesse lassen nur ein, wer eines zeigt</translation>
    </message>
    <message>
        <source>&amp;Private key of that:</source>
        <translation>&amp;Privater Schlüssel dazu:</translation>
    </message>
    <message>
        <source>Pa&amp;ssphrase of the key:</source>
        <translation>Pa&amp;ssphrase des Schlüssels:</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen …</translation>
    </message>
    <message>
        <source>Browse: %1</source>
        <extracomment>%1 is what is in the file, e.g. &quot;Own certificate&quot;</extracomment>
        <translation>Durchsuchen: %1</translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.cer *.key);;All files (*)</source>
        <translation>Zertifikate und Schlüssel (*.pem *.crt *.cer *.key);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>Monitor::EmptyPage</name>
    <message>
        <source>No process is watched yet</source>
        <translation>Noch wird kein Prozess beobachtet</translation>
    </message>
    <message>
        <source>&lt;p&gt;Start a program that uses QtDelivery like this:&lt;/p&gt;&lt;p&gt;&lt;code&gt;%1&lt;/code&gt;&lt;/p&gt;&lt;p&gt;or let it make a %2 for its node. It appears here by itself: the monitor looks into %3 every second.&lt;/p&gt;</source>
        <extracomment>%1 is a command line, %2 a class, %3 a directory; the markup has to stay</extracomment>
        <translation>&lt;p&gt;Starten Sie ein Programm, das QtDelivery benutzt, so:&lt;/p&gt;&lt;p&gt;&lt;code&gt;%1&lt;/code&gt;&lt;/p&gt;&lt;p&gt;oder lassen Sie es einen %2 für seinen Knoten anlegen. Es erscheint hier von selbst: der Monitor sieht jede Sekunde in %3 nach.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Show a &amp;demonstration</source>
        <translation>&amp;Vorführung zeigen</translation>
    </message>
    <message>
        <source>Watch a &amp;socket…</source>
        <translation>&amp;Socket beobachten…</translation>
    </message>
    <message>
        <source>&amp;Open a recording…</source>
        <translation>Aufzeichnung ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Connect over the network…</source>
        <translation>Über das &amp;Netz verbinden…</translation>
    </message>
</context>
<context>
    <name>Monitor::FlowDetails</name>
    <message>
        <source>%1: %2 → %3</source>
        <comment>the flow %1 from producer %2 to consumer %3</comment>
        <translation>%1: %2 → %3</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>Details of the flow</source>
        <translation>Einzelheiten des Flusses</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>&amp;Fenster</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>Keeps the picture as it is; collecting goes on</source>
        <translation>Lässt das Bild, wie es ist; gesammelt wird weiter</translation>
    </message>
    <message>
        <source>+</source>
        <translation>+</translation>
    </message>
    <message>
        <source>Shows less time</source>
        <translation>Zeigt weniger Zeit</translation>
    </message>
    <message>
        <source>−</source>
        <translation>−</translation>
    </message>
    <message>
        <source>Shows more time</source>
        <translation>Zeigt mehr Zeit</translation>
    </message>
    <message>
        <source>&amp;Now</source>
        <extracomment>a button that goes to the right end of the picture</extracomment>
        <translation>&amp;Jetzt</translation>
    </message>
    <message>
        <source>Goes on with what happens now</source>
        <translation>Macht mit dem weiter, was jetzt geschieht</translation>
    </message>
    <message>
        <source>Over &amp;time</source>
        <translation>&amp;Verlauf</translation>
    </message>
    <message>
        <source>Large message</source>
        <translation>Große Nachricht</translation>
    </message>
    <message>
        <source>&amp;Large messages</source>
        <translation>&amp;Große Nachrichten</translation>
    </message>
    <message>
        <source>Numbers of the flow</source>
        <translation>Zahlen des Flusses</translation>
    </message>
    <message>
        <source>Producer</source>
        <translation>Produzent</translation>
    </message>
    <message>
        <source>Consumer</source>
        <translation>Konsument</translation>
    </message>
    <message>
        <source>N&amp;umbers</source>
        <translation>&amp;Zahlen</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Message %1</source>
        <extracomment>%1 is a number</extracomment>
        <translation>Nachricht %1</translation>
    </message>
</context>
<context>
    <name>Monitor::FlowsPage</name>
    <message>
        <source>Flows</source>
        <translation>Flüsse</translation>
    </message>
    <message>
        <source>No flow matches the filter, or the watched processes have none.</source>
        <translation>Kein Fluss passt zum Filter, oder die beobachteten Prozesse haben keine.</translation>
    </message>
</context>
<context>
    <name>Monitor::MainWindow</name>
    <message>
        <source>QtDelivery Monitor</source>
        <translation>QtDelivery-Monitor</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>The watched nodes have no links.</source>
        <translation>Die beobachteten Knoten haben keine Verbindungen.</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Nothing has happened since the monitor looks.</source>
        <translation>Seit der Monitor zusieht, ist nichts geschehen.</translation>
    </message>
    <message>
        <source>&amp;Routine reports, too, from now on</source>
        <translation>Ab jetzt auch &amp;Routinemeldungen</translation>
    </message>
    <message>
        <source>Each confirmation and each grant as an event of its own</source>
        <translation>Jede Bestätigung und jede Freigabe als eigenes Ereignis</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>Nothing is wrong, as far as can be seen.</source>
        <translation>Alles in Ordnung, soweit zu sehen ist.</translation>
    </message>
    <message>
        <source>&amp;Show what explains it</source>
        <translation>&amp;Zeigen, was es erklärt</translation>
    </message>
    <message>
        <source>&amp;Flows</source>
        <translation>F&amp;lüsse</translation>
    </message>
    <message>
        <source>&amp;Links</source>
        <translation>&amp;Verbindungen</translation>
    </message>
    <message>
        <source>&amp;Storage</source>
        <translation>&amp;Speicher</translation>
    </message>
    <message>
        <source>&amp;Events</source>
        <translation>&amp;Ereignisse</translation>
    </message>
    <message>
        <source>&amp;Alerts</source>
        <extracomment>the title of the screen of alerts while %1 of them are on</extracomment>
        <translation>&amp;Warnungen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Watch &amp;running processes</source>
        <translation>&amp;Laufende Prozesse beobachten</translation>
    </message>
    <message>
        <source>Watch a &amp;socket…</source>
        <translation>&amp;Socket beobachten…</translation>
    </message>
    <message>
        <source>Show a &amp;demonstration</source>
        <translation>&amp;Vorführung zeigen</translation>
    </message>
    <message>
        <source>R&amp;ecord…</source>
        <translation>Auf&amp;zeichnen…</translation>
    </message>
    <message>
        <source>&amp;Open a recording…</source>
        <translation>Aufzeichnung ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Export the &amp;table…</source>
        <translation>&amp;Tabelle exportieren…</translation>
    </message>
    <message>
        <source>Save the &amp;picture…</source>
        <translation>&amp;Bild speichern…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;How to read the pictures</source>
        <translation>&amp;Wie die Bilder zu lesen sind</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>&amp;Über</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>F&amp;ilter</source>
        <translation>F&amp;iltern</translation>
    </message>
    <message>
        <source>&amp;Pause the picture over time</source>
        <translation>Bild des Verlaufs an&amp;halten</translation>
    </message>
    <message>
        <source>Show l&amp;ess time</source>
        <translation>W&amp;eniger Zeit zeigen</translation>
    </message>
    <message>
        <source>Show &amp;more time</source>
        <translation>&amp;Mehr Zeit zeigen</translation>
    </message>
    <message>
        <source>&amp;Clear the events</source>
        <translation>Ereignisse lee&amp;ren</translation>
    </message>
    <message>
        <source>The recording is saved as %1.</source>
        <extracomment>%1 is a file name</extracomment>
        <translation>Die Aufzeichnung ist als %1 gespeichert.</translation>
    </message>
    <message>
        <source>A recording is shown; running processes can be recorded.</source>
        <translation>Eine Aufzeichnung wird gezeigt; aufzeichnen lassen sich laufende Prozesse.</translation>
    </message>
    <message>
        <source>Record to</source>
        <translation>Aufzeichnen in</translation>
    </message>
    <message>
        <source>Recordings (*.qtdrec)</source>
        <translation>Aufzeichnungen (*.qtdrec)</translation>
    </message>
    <message>
        <source>Watch a socket</source>
        <translation>Socket beobachten</translation>
    </message>
    <message>
        <source>The socket of a process (MonitorServer::socketPath()):</source>
        <translation>Der Socket eines Prozesses (MonitorServer::socketPath()):</translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation>Aufzeichnung öffnen</translation>
    </message>
    <message>
        <source>Recordings (*.qtdrec);;All files (*)</source>
        <translation>Aufzeichnungen (*.qtdrec);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Nodes: %1   Flows: %2</source>
        <extracomment>%1 and %2 are numbers</extracomment>
        <translation>Knoten: %1   Flüsse: %2</translation>
    </message>
    <message>
        <source>Busy, no news: %1</source>
        <extracomment>%1 is a list of nodes</extracomment>
        <translation>Beschäftigt, ohne Neues: %1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>● Recording, %1</source>
        <translation>● Aufzeichnung, %1</translation>
    </message>
    <message>
        <source>&amp;Alerts (%1)</source>
        <translation>&amp;Warnungen (%1)</translation>
    </message>
    <message>
        <source>The flow is not there any more.</source>
        <translation>Den Fluss gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>There is no picture on this screen.</source>
        <translation>Auf dieser Seite ist kein Bild.</translation>
    </message>
    <message>
        <source>How to read the pictures</source>
        <translation>Wie die Bilder zu lesen sind</translation>
    </message>
    <message>
        <source>About QtDelivery Monitor</source>
        <translation>Über QtDelivery-Monitor</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;QtDelivery Monitor %1&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Shows how messages flow between programs that use QtDelivery. It only looks: it cannot change, or slow, what it shows.&lt;/p&gt;&lt;p&gt;MIT licence.&lt;/p&gt;</source>
        <extracomment>%1 is a version</extracomment>
        <translation>&lt;p&gt;&lt;b&gt;QtDelivery-Monitor %1&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Zeigt, wie Nachrichten zwischen Programmen fließen, die QtDelivery benutzen. Er sieht nur zu: was er zeigt, kann er weder ändern noch bremsen.&lt;/p&gt;&lt;p&gt;MIT-Lizenz.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1 cannot be made.</source>
        <extracomment>%1 is a directory</extracomment>
        <translation>%1 kann nicht angelegt werden.</translation>
    </message>
    <message>
        <source>%1 cannot be written.</source>
        <extracomment>%1 is a file name</extracomment>
        <translation>%1 kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Flows&lt;/b&gt;: each row is a flow, from its producer to its consumer. “Why it does not move” says whose turn it is.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Window&lt;/b&gt;: each message is a cell, by its number from left to right; what the producer knows is above, what the consumer knows below. The arrow is the window&apos;s edge: up to there the producer may send. A bar between the two marks where they differ.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Over time&lt;/b&gt;: the slope of a line is a rate, the distance between two lines what is under way. Shaded times are those in which the flow was held up.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Large messages&lt;/b&gt;: each cell is a part of a message that travels in parts.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Storage&lt;/b&gt;: how often the disk took how long; each bar is twice as long a time as the one before.&lt;/p&gt;&lt;p&gt;“In words” tells the same as text. The wheel or + and − zoom, dragging or the arrow keys move; End goes back to now. Shift+F1 explains any part of the window.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Flüsse&lt;/b&gt;: jede Zeile ist ein Fluss, von seinem Produzenten zu seinem Konsumenten. „Warum es sich nicht bewegt“ sagt, wer am Zug ist.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Fenster&lt;/b&gt;: jede Nachricht ist eine Zelle, nach ihrer Nummer von links nach rechts; oben steht, was der Produzent weiß, unten, was der Konsument weiß. Der Pfeil ist der Rand des Fensters: bis dorthin darf der Produzent senden. Ein Balken zwischen beiden zeigt, wo sie sich unterscheiden.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Verlauf&lt;/b&gt;: die Steigung einer Linie ist eine Rate, der Abstand zweier Linien das, was unterwegs ist. In schattierten Zeiten wurde der Fluss aufgehalten.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Große Nachrichten&lt;/b&gt;: jede Zelle ist ein Teil einer Nachricht, die in Teilen reist.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Speicher&lt;/b&gt;: wie oft die Festplatte wie lange brauchte; jeder Balken ist eine doppelt so lange Zeit wie der davor.&lt;/p&gt;&lt;p&gt;„In Worten“ sagt dasselbe als Text. Das Mausrad oder + und − vergrößern und verkleinern, Ziehen oder die Pfeiltasten verschieben; Ende führt zurück zu jetzt. Umschalt+F1 erklärt jeden Teil des Fensters.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&amp;Connect over the network…</source>
        <translation>Über das &amp;Netz verbinden…</translation>
    </message>
    <message>
        <source>%1 is lost: %2 Once it is back it is watched again.</source>
        <extracomment>%1 is an address, %2 the reason, a sentence</extracomment>
        <translation>%1 ist verloren: %2 Sobald der Prozess wieder da ist, wird er wieder beobachtet.</translation>
    </message>
    <message>
        <source>%1 is watched again.</source>
        <extracomment>%1 is a process</extracomment>
        <translation>%1 wird wieder beobachtet.</translation>
    </message>
</context>
<context>
    <name>Monitor::PairModel</name>
    <message>
        <source>%1 → %2</source>
        <extracomment>the process %1 sends to the process %2</extracomment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>Fluss</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Befinden</translation>
    </message>
    <message>
        <source>Why it does not move</source>
        <translation>Warum es sich nicht bewegt</translation>
    </message>
    <message>
        <source>Held up by</source>
        <extracomment>who has to do something so that the flow moves</extracomment>
        <translation>Aufgehalten von</translation>
    </message>
    <message>
        <source>Backlog</source>
        <translation>Rückstau</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Oldest</source>
        <extracomment>the age of the oldest unconfirmed message</extracomment>
        <translation>Älteste</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Resent</source>
        <translation>Erneut gesendet</translation>
    </message>
    <message>
        <source>Unconfirmed</source>
        <translation>Unbestätigt</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Producer</source>
        <translation>Produzent</translation>
    </message>
    <message>
        <source>Consumer</source>
        <translation>Konsument</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
</context>
<context>
    <name>Monitor::Picture</name>
    <message>
        <source>Save the picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>The picture is saved as %1.</source>
        <extracomment>%1 is a file name</extracomment>
        <translation>Das Bild ist als %1 gespeichert.</translation>
    </message>
    <message>
        <source>&amp;Copy the picture</source>
        <translation>Bild &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;text</source>
        <translation>Als &amp;Text kopieren</translation>
    </message>
    <message>
        <source>&amp;Save the picture…</source>
        <translation>&amp;Bild speichern…</translation>
    </message>
</context>
<context>
    <name>Monitor::PicturePage</name>
    <message>
        <source>In &amp;words</source>
        <translation>In &amp;Worten</translation>
    </message>
    <message>
        <source>Tells below the picture what it shows</source>
        <translation>Sagt unter dem Bild, was es zeigt</translation>
    </message>
    <message>
        <source>The picture in words</source>
        <translation>Das Bild in Worten</translation>
    </message>
</context>
<context>
    <name>Monitor::Playback</name>
    <message>
        <source>%1 cannot be read: %2</source>
        <extracomment>%1 is a file name, %2 are the system&apos;s words</extracomment>
        <translation>%1 kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>%1 cannot be shown. %2</source>
        <extracomment>%1 is a file name, %2 a sentence</extracomment>
        <translation>%1 kann nicht gezeigt werden. %2</translation>
    </message>
</context>
<context>
    <name>Monitor::PlaybackBar</name>
    <message>
        <source>Position in the recording</source>
        <translation>Stelle in der Aufzeichnung</translation>
    </message>
    <message>
        <source>&amp;Close the recording</source>
        <translation>Aufzeichnung s&amp;chließen</translation>
    </message>
    <message>
        <source>Recording %1</source>
        <extracomment>%1 is a file name</extracomment>
        <translation>Aufzeichnung %1</translation>
    </message>
    <message>
        <source>%1 (%2 of %3)</source>
        <extracomment>%1 is date and time, %2 and %3 are times such as 12 s</extracomment>
        <translation>%1 (%2 von %3)</translation>
    </message>
</context>
<context>
    <name>Monitor::Recorder</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <extracomment>%1 is a file name, %2 are the system&apos;s words</extracomment>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>The recording has reached its greatest size.</source>
        <translation>Die Aufzeichnung hat ihre größte Länge erreicht.</translation>
    </message>
    <message>
        <source>The recording cannot be written: %1</source>
        <extracomment>%1 are the system&apos;s words</extracomment>
        <translation>Die Aufzeichnung kann nicht geschrieben werden: %1</translation>
    </message>
</context>
<context>
    <name>Monitor::StoragePage</name>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>No flow keeps its messages or its progress in a durable storage.</source>
        <translation>Kein Fluss bewahrt seine Nachrichten oder seinen Fortschritt in einem dauerhaften Speicher.</translation>
    </message>
    <message>
        <source>%1 on %2. %3</source>
        <extracomment>%1 is a flow, %2 a node, %3 sentences about the size of its storage</extracomment>
        <translation>%1 auf %2. %3</translation>
    </message>
</context>
<context>
    <name>Monitor::SyncTimes</name>
    <message>
        <source>%1 µs</source>
        <extracomment>%1 is a number of microseconds</extracomment>
        <translation>%1 µs</translation>
    </message>
    <message>
        <source>&gt; %1</source>
        <extracomment>%1 is a time such as 8 s: longer than that</extracomment>
        <translation>&gt; %1</translation>
    </message>
    <message>
        <source>≤ %1</source>
        <extracomment>%1 is a time such as 4 ms: at most that</extracomment>
        <translation>≤ %1</translation>
    </message>
    <message>
        <source>Size: %1, files: %2.</source>
        <extracomment>of a storage; %1 is a size such as 16 MB, %2 a number of files</extracomment>
        <translation>Größe: %1, Dateien: %2.</translation>
    </message>
    <message>
        <source>Syncs: %1; half of them took at most %2, 99 of 100 at most %3, the longest at most %4.</source>
        <extracomment>%1 is a number; %2, %3 and %4 are times such as 4 ms</extracomment>
        <translation>Schreibvorgänge: %1; die Hälfte dauerte höchstens %2, 99 von 100 höchstens %3, der längste höchstens %4.</translation>
    </message>
    <message>
        <source>How long syncs of the storage took</source>
        <translation>Wie lange der Speicher zum Schreiben brauchte</translation>
    </message>
    <message>
        <source>A sync is the moment in which a storage waits until the disk really has what was written. Each bar is a length of time, twice that of the bar before; above it is how many syncs took so long. Ten times as many make a bar higher by always the same, so that few long ones are not overlooked.</source>
        <translation>Beim Schreiben wartet ein Speicher, bis die Festplatte wirklich hat, was geschrieben wurde. Jeder Balken ist eine Dauer, doppelt so lang wie die des Balkens davor; darüber steht, wie viele Schreibvorgänge so lange dauerten. Zehnmal so viele machen einen Balken immer um gleich viel höher, damit wenige lange nicht übersehen werden.</translation>
    </message>
    <message>
        <source>This storage does not tell its size and its syncs.</source>
        <translation>Dieser Speicher sagt nicht, wie groß er ist und wie lange er schreibt.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is a time such as &quot;≤ 4 ms&quot;, %2 a number of syncs that took so long</extracomment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>Monitor::TablePage</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter of %1</source>
        <extracomment>%1 is the title of a table</extracomment>
        <translation>Filter für %1</translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>Tabelle exportieren</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv);;JSON (*.json)</source>
        <translation>Kommagetrennte Werte (*.csv);;JSON (*.json)</translation>
    </message>
    <message>
        <source>The table is saved as %1.</source>
        <extracomment>%1 is a file name</extracomment>
        <translation>Die Tabelle ist als %1 gespeichert.</translation>
    </message>
</context>
<context>
    <name>Monitor::WindowOverTime</name>
    <message>
        <source>Window of the flow over time</source>
        <translation>Fenster des Flusses im Verlauf</translation>
    </message>
    <message>
        <source>Each line is a boundary: up to which number messages are stored, sent, received, delivered, confirmed. The slope of a line is a rate; the distance between two lines is what is under way. Shaded times are those in which the flow was held up.</source>
        <translation>Jede Linie ist eine Grenze: bis zu welcher Nummer Nachrichten gespeichert, gesendet, empfangen, zugestellt, bestätigt sind. Die Steigung einer Linie ist eine Rate; der Abstand zweier Linien ist das, was unterwegs ist. In schattierten Zeiten wurde der Fluss aufgehalten.</translation>
    </message>
    <message>
        <source>Select a flow to see its window over time.</source>
        <translation>Wählen Sie einen Fluss, um den Verlauf seines Fensters zu sehen.</translation>
    </message>
    <message>
        <source>Paused; collecting goes on.</source>
        <translation>Angehalten; gesammelt wird weiter.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is &quot;Sent&quot;, &quot;Received&quot; and so on, %2 a number</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>No flow is selected.</source>
        <translation>Kein Fluss ist ausgewählt.</translation>
    </message>
    <message>
        <source>Flow %1 from %2 to %3</source>
        <extracomment>%1 is the name of a flow, %2 and %3 are times of the day</extracomment>
        <translation>Fluss %1 von %2 an %3</translation>
    </message>
    <message>
        <source>%1: from %2 to %3, %4</source>
        <extracomment>%1 is &quot;Sent&quot;, &quot;Received&quot; and so on, %2 and %3 are numbers, %4 a rate such as 20/s</extracomment>
        <translation>%1: von %2 bis %3, %4</translation>
    </message>
    <message>
        <source>%1: for %2</source>
        <extracomment>%1 is why the flow was held up, %2 a time such as 12 s</extracomment>
        <translation>%1: für %2</translation>
    </message>
</context>
<context>
    <name>Monitor::WindowStrip</name>
    <message>
        <source>Window of the flow</source>
        <translation>Fenster des Flusses</translation>
    </message>
    <message>
        <source>Each message is a cell, by its number from left to right. The colour and the hatch say how far it is. Above is what the producer knows, below what the consumer knows; a bar between them marks where they differ.</source>
        <translation>Jede Nachricht ist eine Zelle, nach ihrer Nummer von links nach rechts. Farbe und Schraffur sagen, wie weit sie ist. Oben steht, was der Produzent weiß, unten, was der Konsument weiß; ein Balken dazwischen zeigt, wo sie sich unterscheiden.</translation>
    </message>
    <message>
        <source>Producer</source>
        <translation>Produzent</translation>
    </message>
    <message>
        <source>Consumer</source>
        <translation>Konsument</translation>
    </message>
    <message>
        <source>Select a flow to see its window.</source>
        <translation>Wählen Sie einen Fluss, um sein Fenster zu sehen.</translation>
    </message>
    <message>
        <source>The producer&apos;s process is not watched.</source>
        <translation>Der Prozess des Produzenten wird nicht beobachtet.</translation>
    </message>
    <message>
        <source>No consumer&apos;s process is watched.</source>
        <translation>Kein Prozess eines Konsumenten wird beobachtet.</translation>
    </message>
    <message>
        <source>+ %1 more</source>
        <extracomment>%1 is a number of messages that wait beyond the right end of the picture</extracomment>
        <translation>+ %1 weitere</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <extracomment>a mark where the numbers go on under attachment %1; short</extracomment>
        <translation>Epoche %1</translation>
    </message>
    <message>
        <source>Message %1</source>
        <extracomment>%1 is the number of a message</extracomment>
        <translation>Nachricht %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is &quot;Producer&quot; or &quot;Consumer&quot;, %2 the state of a message
----------
%1 is &quot;Producer&quot; or &quot;Consumer&quot;, %2 a list of ranges with their states</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>A large message: %1 of %2</source>
        <extracomment>%1 and %2 are sizes such as 4 MB</extracomment>
        <translation>Eine große Nachricht: %1 von %2</translation>
    </message>
    <message>
        <source>The oldest unconfirmed: it waits for %1</source>
        <extracomment>%1 is a time such as 12 s</extracomment>
        <translation>Die älteste unbestätigte: sie wartet seit %1</translation>
    </message>
    <message>
        <source>Asked for in vain, times: %1</source>
        <extracomment>%1 is a number</extracomment>
        <translation>Vergeblich angefordert, Male: %1</translation>
    </message>
    <message>
        <source>Size: about %1, the mean of those unconfirmed</source>
        <extracomment>%1 is a size such as 4 kB</extracomment>
        <translation>Größe: etwa %1, der Durchschnitt der unbestätigten</translation>
    </message>
    <message>
        <source>Asked for again, times: %1</source>
        <extracomment>%1 is a number</extracomment>
        <translation>Erneut angefordert, Male: %1</translation>
    </message>
    <message>
        <source>No flow is selected.</source>
        <translation>Kein Fluss ist ausgewählt.</translation>
    </message>
    <message>
        <source>Flow %1</source>
        <extracomment>%1 is the name of a flow</extracomment>
        <translation>Fluss %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>the messages %1 are in the state %2</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>noch nichts</translation>
    </message>
    <message>
        <source>; </source>
        <translation>; </translation>
    </message>
</context>
</TS>
