<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>QtDelivery</name>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is a place in a message, such as orders[2].price, %2 is what is wrong there</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>No CBOR at byte %1: %2.</source>
        <extracomment>%1 is a position in bytes, %2 says what is wrong</extracomment>
        <translation>Kein CBOR bei Byte %1: %2.</translation>
    </message>
    <message>
        <source>The message ends at byte %1, but the payload does not.</source>
        <extracomment>%1 is a position in bytes</extracomment>
        <translation>Die Nachricht endet bei Byte %1, die Nutzdaten aber nicht.</translation>
    </message>
    <message>
        <source>No JSON at byte %1: %2.</source>
        <extracomment>%1 is a position in bytes, %2 says what is wrong</extracomment>
        <translation>Kein JSON bei Byte %1: %2.</translation>
    </message>
    <message>
        <source>An object, or an array of one value that is not an object, is expected.</source>
        <translation>Erwartet wird ein Objekt oder ein Array mit genau einem Wert, der kein Objekt ist.</translation>
    </message>
    <message>
        <source>There is no message type %1 here. Known are: %2.</source>
        <extracomment>%1 is the name of a message type that came from a peer, %2 a list of those that are known</extracomment>
        <translation>Den Nachrichtentyp %1 gibt es hier nicht. Bekannt sind: %2.</translation>
    </message>
    <message>
        <source>There is no value to send.</source>
        <translation>Es gibt keinen Wert zu senden.</translation>
    </message>
    <message>
        <source>Two message types have the name %1.</source>
        <extracomment>%1 is the name of a message type</extracomment>
        <translation>Zwei Nachrichtentypen heißen %1.</translation>
    </message>
    <message>
        <source>An object of &quot;type&quot;, a string, and &quot;value&quot; is expected.</source>
        <extracomment>The quoted words are keywords</extracomment>
        <translation>Erwartet wird ein Objekt aus &quot;type&quot;, einer Zeichenkette, und &quot;value&quot;.</translation>
    </message>
    <message>
        <source>The stream refused it.</source>
        <translation>Der Datenstrom hat es abgelehnt.</translation>
    </message>
    <message>
        <source>The payload is not of DataStreamCodec&apos;s format.</source>
        <translation>Die Nutzdaten haben nicht das Format von DataStreamCodec.</translation>
    </message>
    <message>
        <source>The payload is cut short or damaged at byte %1.</source>
        <extracomment>%1 is a position in bytes</extracomment>
        <translation>Die Nutzdaten sind bei Byte %1 abgeschnitten oder beschädigt.</translation>
    </message>
    <message>
        <source>a whole number</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;</extracomment>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a number</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;</extracomment>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a string</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;</extracomment>
        <translation>eine Zeichenkette</translation>
    </message>
    <message>
        <source>a byte array</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;</extracomment>
        <translation>ein Byte-Array</translation>
    </message>
    <message>
        <source>a list</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;</extracomment>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>an object</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;</extracomment>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>true or false</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;
----------
Completes &quot;it must be …&quot;; true and false are keywords</extracomment>
        <translation>wahr oder falsch</translation>
    </message>
    <message>
        <source>nothing</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;</extracomment>
        <translation>nichts</translation>
    </message>
    <message>
        <source>something else</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;</extracomment>
        <translation>etwas anderes</translation>
    </message>
    <message>
        <source>The number does not fit into the type %1.</source>
        <extracomment>%1 is the name of a C++ type</extracomment>
        <translation>Die Zahl passt nicht in den Typ %1.</translation>
    </message>
    <message>
        <source>%1 expected, but there is %2.</source>
        <extracomment>%1 and %2 are kinds of values, such as &quot;a string&quot; and &quot;a list&quot;</extracomment>
        <translation>%1 wird erwartet, vorhanden ist aber %2.</translation>
    </message>
    <message>
        <source>Values of the type %1 cannot be sent.</source>
        <extracomment>%1 is the name of a C++ type</extracomment>
        <translation>Werte des Typs %1 können nicht gesendet werden.</translation>
    </message>
    <message>
        <source>Infinity and NaN cannot be written as JSON.</source>
        <translation>Unendlich und NaN lassen sich nicht als JSON schreiben.</translation>
    </message>
    <message>
        <source>The string is not valid Unicode.</source>
        <translation>Die Zeichenkette ist kein gültiges Unicode.</translation>
    </message>
    <message>
        <source>The string is not base64url.</source>
        <translation>Die Zeichenkette ist kein base64url.</translation>
    </message>
    <message>
        <source>%1 is not a value of the enum %2.</source>
        <extracomment>%1 is a number, %2 the name of a C++ enum
----------
%1 is a quoted string, %2 the name of a C++ enum</extracomment>
        <translation>%1 ist kein Wert der Aufzählung %2.</translation>
    </message>
    <message>
        <source>The message is nested too deeply.</source>
        <translation>Die Nachricht ist zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>The name is there twice.</source>
        <translation>Der Name ist zweimal da.</translation>
    </message>
    <message>
        <source>%1 has no such property.</source>
        <extracomment>%1 is the name of a C++ type</extracomment>
        <translation>%1 hat keine solche Eigenschaft.</translation>
    </message>
    <message>
        <source>The property is missing.</source>
        <translation>Die Eigenschaft fehlt.</translation>
    </message>
    <message>
        <source>An id must be 1 to 255 bytes of UTF-8 without control characters.</source>
        <translation>Eine Kennung muss aus 1 bis 255 Bytes UTF-8 ohne Steuerzeichen bestehen.</translation>
    </message>
    <message>
        <source>Message %1 has been confirmed before.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>Nachricht %1 wurde schon bestätigt.</translation>
    </message>
    <message>
        <source>Message %1 is not the one that waits for its confirmation.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>Nachricht %1 ist nicht die, die auf ihre Bestätigung wartet.</translation>
    </message>
    <message numerus="yes">
        <source>The producer %1 has begun anew; %n message(s) of its former life were received but not delivered.</source>
        <extracomment>%1 is a producer&apos;s id</extracomment>
        <translation>
            <numerusform>Der Produzent %1 hat neu begonnen; %n Nachricht seines früheren Lebens wurde empfangen, aber nicht zugestellt.</numerusform>
            <numerusform>Der Produzent %1 hat neu begonnen; %n Nachrichten seines früheren Lebens wurden empfangen, aber nicht zugestellt.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no durable progress.</source>
        <translation>Es gibt keinen dauerhaften Fortschritt.</translation>
    </message>
    <message>
        <source>A durable progress must live in the thread of its controller.</source>
        <translation>Ein dauerhafter Fortschritt muss im Thread seines Controllers leben.</translation>
    </message>
    <message>
        <source>The durable progress was destroyed.</source>
        <translation>Der dauerhafte Fortschritt wurde zerstört.</translation>
    </message>
    <message>
        <source>The node %1 offers a producer %2, too; this consumer stays with the one it has.</source>
        <extracomment>%1 is a node&apos;s name, %2 a producer&apos;s id</extracomment>
        <translation>Der Knoten %1 bietet ebenfalls einen Produzenten %2 an; dieser Konsument bleibt bei dem, den er hat.</translation>
    </message>
    <message>
        <source>Another consumer has taken the flow of %1.</source>
        <extracomment>%1 is a producer&apos;s id</extracomment>
        <translation>Ein anderer Konsument hat den Fluss von %1 übernommen.</translation>
    </message>
    <message>
        <source>The producer %1 holds a message above this consumer&apos;s maxMessageSize of %2 bytes.</source>
        <extracomment>%1 is a producer&apos;s id, %2 a number of bytes</extracomment>
        <translation>Der Produzent %1 hält eine Nachricht über maxMessageSize dieses Konsumenten, %2 Bytes.</translation>
    </message>
    <message>
        <source>A controller needs a node.</source>
        <translation>Ein Controller braucht einen Knoten.</translation>
    </message>
    <message>
        <source>A controller must live in the thread of its node.</source>
        <translation>Ein Controller muss im Thread seines Knotens leben.</translation>
    </message>
    <message>
        <source>The controller has stopped.</source>
        <translation>Der Controller ist angehalten.</translation>
    </message>
    <message>
        <source>The controller was called from another thread than its own.</source>
        <translation>Der Controller wurde aus einem anderen Thread als seinem eigenen aufgerufen.</translation>
    </message>
    <message>
        <source>start() needs the application&apos;s object.</source>
        <translation>start() braucht das Objekt der Anwendung.</translation>
    </message>
    <message>
        <source>The application&apos;s object lives in another thread than its controller.</source>
        <translation>Das Objekt der Anwendung lebt in einem anderen Thread als sein Controller.</translation>
    </message>
    <message>
        <source>The payload is not in a file.</source>
        <translation>Die Nutzdaten stehen nicht in einer Datei.</translation>
    </message>
    <message>
        <source>There is no durable queue.</source>
        <translation>Es gibt keine dauerhafte Warteschlange.</translation>
    </message>
    <message>
        <source>A durable queue must live in the thread of its controller.</source>
        <translation>Eine dauerhafte Warteschlange muss im Thread ihres Controllers leben.</translation>
    </message>
    <message>
        <source>The durable queue was destroyed.</source>
        <translation>Die dauerhafte Warteschlange wurde zerstört.</translation>
    </message>
    <message>
        <source>The payload has %1 bytes; the limit of both sides is %2.</source>
        <extracomment>%1 and %2 are numbers of bytes</extracomment>
        <translation>Die Nutzdaten haben %1 Bytes; die Grenze beider Seiten ist %2.</translation>
    </message>
    <message>
        <source>start() has not been called.</source>
        <translation>start() wurde nicht aufgerufen.</translation>
    </message>
    <message>
        <source>There is no permission for a message: wait for requestNext.</source>
        <translation>Es gibt keine Erlaubnis für eine Nachricht: warten Sie auf requestNext.</translation>
    </message>
    <message>
        <source>Without a durable queue a message is never stored, only confirmed.</source>
        <translation>Ohne dauerhafte Warteschlange wird eine Nachricht nie gespeichert, nur bestätigt.</translation>
    </message>
    <message>
        <source>What message %1 is read from cannot be read any more, or has changed; the message is given up.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>Woraus Nachricht %1 gelesen wird, ist nicht mehr lesbar oder hat sich geändert; die Nachricht wird aufgegeben.</translation>
    </message>
    <message>
        <source>The consumer %1 accepts %2 bytes, but a larger message is unconfirmed.</source>
        <extracomment>%1 is a consumer&apos;s id, %2 a number of bytes</extracomment>
        <translation>Der Konsument %1 nimmt %2 Bytes an, aber eine größere Nachricht ist unbestätigt.</translation>
    </message>
    <message>
        <source>The node is closed.</source>
        <translation>Der Knoten ist geschlossen.</translation>
    </message>
    <message>
        <source>A message&apos;s name must be 1 to 255 bytes of UTF-8 without control characters.</source>
        <translation>Der Name einer Nachricht muss aus 1 bis 255 Bytes UTF-8 ohne Steuerzeichen bestehen.</translation>
    </message>
    <message>
        <source>What is to be sent cannot be read.</source>
        <translation>Was gesendet werden soll, ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Message %1 has been transmitted.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>Nachricht %1 ist übertragen worden.</translation>
    </message>
    <message>
        <source>There is no message %1.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>Es gibt keine Nachricht %1.</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <extracomment>%1 is a number of bytes, a limit or a value in a message about a setting</extracomment>
        <translation>%1 Bytes</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <extracomment>%1 is a number of milliseconds, a limit or a value in a message about a setting
----------
%1 is a number of milliseconds
----------
%1 is a number of milliseconds, such as 0.25</extracomment>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>empty or a path of at most 4096 bytes</source>
        <extracomment>Completes &quot;it must be …&quot;</extracomment>
        <translation>leer oder ein Pfad von höchstens 4096 Bytes</translation>
    </message>
    <message>
        <source>empty or 1 to 255 bytes of UTF-8 without control characters</source>
        <extracomment>Completes &quot;it must be …&quot;</extracomment>
        <translation>leer oder 1 bis 255 Bytes UTF-8 ohne Steuerzeichen</translation>
    </message>
    <message>
        <source>a number between %1 and %2</source>
        <extracomment>Completes &quot;it must be …&quot;; %1 and %2 are numbers</extracomment>
        <translation>eine Zahl zwischen %1 und %2</translation>
    </message>
    <message>
        <source>a whole number between %1 and %2</source>
        <extracomment>Completes &quot;it must be …&quot;; %1 and %2 are numbers, perhaps with a unit</extracomment>
        <translation>eine ganze Zahl zwischen %1 und %2</translation>
    </message>
    <message>
        <source>%1 is %2; it must be %3.</source>
        <extracomment>%1 is a setting&apos;s name, %2 its value, %3 one of the texts that complete &quot;it must be …&quot;</extracomment>
        <translation>%1 ist %2; verlangt ist: %3.</translation>
    </message>
    <message>
        <source>%1 is %2; it must be at least %3, which is %4.</source>
        <extracomment>%1 and %3 are names of settings, %2 and %4 their values with units</extracomment>
        <translation>%1 ist %2; es muss mindestens %3 sein, das ist %4.</translation>
    </message>
    <message>
        <source>%1 is %2; it must be at least %5 times %3, which is %4.</source>
        <extracomment>%1 and %3 are names of settings, %2 and %4 their values with units, %5 a number</extracomment>
        <translation>%1 ist %2; es muss mindestens das %5-Fache von %3 sein, das ist %4.</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <extracomment>%1 is the name of a settings file</extracomment>
        <translation>%1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>%1 is not a settings file.</source>
        <extracomment>%1 is the name of a settings file</extracomment>
        <translation>%1 ist keine Einstellungsdatei.</translation>
    </message>
    <message>
        <source>There is no setting %1. The settings here are: %2.</source>
        <extracomment>%1 is the key of a setting that does not exist, %2 a list of those that do</extracomment>
        <translation>Die Einstellung %1 gibt es nicht. Die Einstellungen hier sind: %2.</translation>
    </message>
    <message>
        <source>Storing has failed and is tried again: %1</source>
        <extracomment>%1 is the reason, a whole sentence</extracomment>
        <translation>Das Speichern ist gescheitert und wird wiederholt: %1</translation>
    </message>
    <message>
        <source>Storing has failed and is not tried any more: %1 What was stored is the new owner&apos;s; retry() cannot help. To own it again, end the other one and make a new queue or progress object and a new controller.</source>
        <extracomment>%1 is the reason, a whole sentence</extracomment>
        <translation>Das Speichern ist gescheitert und wird nicht mehr wiederholt: %1 Was gespeichert war, gehört dem neuen Eigentümer; retry() kann nicht helfen. Um es wieder zu besitzen, beenden Sie den anderen und legen Sie ein neues Warteschlangen- oder Fortschrittsobjekt und einen neuen Controller an.</translation>
    </message>
    <message>
        <source>The controller stopped before message %1 was confirmed.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>Der Controller hielt an, bevor Nachricht %1 bestätigt war.</translation>
    </message>
    <message>
        <source>Connecting to %1 took too long.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>Das Verbinden mit %1 hat zu lange gedauert.</translation>
    </message>
    <message>
        <source>the node closed in an orderly way</source>
        <translation>der Knoten hat ordnungsgemäß geschlossen</translation>
    </message>
    <message>
        <source>another connection to the same node took over</source>
        <translation>eine andere Verbindung zum selben Knoten hat übernommen</translation>
    </message>
    <message>
        <source>there is no version of the protocol that both sides know</source>
        <translation>es gibt keine Version des Protokolls, die beide Seiten kennen</translation>
    </message>
    <message>
        <source>the handshake took longer than handshakeTimeout</source>
        <translation>der Handshake dauerte länger als handshakeTimeout</translation>
    </message>
    <message>
        <source>nothing was heard for longer than heartbeatTimeout</source>
        <translation>länger als heartbeatTimeout war nichts zu hören</translation>
    </message>
    <message>
        <source>a frame exceeded maxFrameLength</source>
        <translation>ein Rahmen war größer als maxFrameLength</translation>
    </message>
    <message>
        <source>a frame was damaged on its way</source>
        <translation>ein Rahmen wurde unterwegs beschädigt</translation>
    </message>
    <message>
        <source>a frame was malformed</source>
        <translation>ein Rahmen war falsch aufgebaut</translation>
    </message>
    <message>
        <source>a frame was of an unknown type</source>
        <translation>ein Rahmen war von unbekannter Art</translation>
    </message>
    <message>
        <source>a frame came out of turn</source>
        <translation>ein Rahmen kam außer der Reihe</translation>
    </message>
    <message>
        <source>the producer sent more than it was granted</source>
        <translation>der Produzent hat mehr gesendet, als ihm freigegeben war</translation>
    </message>
    <message>
        <source>a frame held an impossible sequence number</source>
        <translation>ein Rahmen enthielt eine unmögliche Folgenummer</translation>
    </message>
    <message>
        <source>the bytes of a large message do not match its digest</source>
        <translation>die Bytes einer großen Nachricht passen nicht zu ihrer Prüfsumme</translation>
    </message>
    <message>
        <source>a limit of the node&apos;s settings was reached</source>
        <translation>eine Grenze aus den Einstellungen des Knotens wurde erreicht</translation>
    </message>
    <message>
        <source>the node is connected to itself</source>
        <translation>der Knoten ist mit sich selbst verbunden</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>die Verbindung ist abgebrochen</translation>
    </message>
    <message>
        <source>reason %1</source>
        <translation>Grund %1</translation>
    </message>
    <message>
        <source>an unknown node</source>
        <translation>ein unbekannter Knoten</translation>
    </message>
    <message>
        <source>%1 closed the link: %2.</source>
        <extracomment>%1 is a node&apos;s name, %2 one of the texts above</extracomment>
        <translation>%1 hat die Verbindung geschlossen: %2.</translation>
    </message>
    <message>
        <source>The link to %1 ended: %2.</source>
        <translation>Die Verbindung zu %1 ist beendet: %2.</translation>
    </message>
    <message>
        <source>The node was called from another thread than its own.</source>
        <translation>Der Knoten wurde aus einem anderen Thread als seinem eigenen aufgerufen.</translation>
    </message>
    <message>
        <source>The node does not connect to %1.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>Der Knoten verbindet sich nicht mit %1.</translation>
    </message>
    <message>
        <source>The id %1 is in use on this node.</source>
        <extracomment>%1 is the id of a producer or consumer</extracomment>
        <translation>Die Kennung %1 ist auf diesem Knoten in Gebrauch.</translation>
    </message>
    <message>
        <source>Nobody listens on %1.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>Niemand lauscht an %1.</translation>
    </message>
    <message>
        <source>The host of %1 is unknown.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>Der Rechner von %1 ist unbekannt.</translation>
    </message>
    <message>
        <source>%1 closed the connection.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>%1 hat die Verbindung geschlossen.</translation>
    </message>
    <message>
        <source>%1 is in use by another program.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>%1 wird von einem anderen Programm benutzt.</translation>
    </message>
    <message>
        <source>Access to %1 is denied.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>Der Zugriff auf %1 wird verweigert.</translation>
    </message>
    <message>
        <source>The connection to %1 failed: %2.</source>
        <extracomment>%1 is an address, %2 the system&apos;s words</extracomment>
        <translation>Die Verbindung zu %1 ist gescheitert: %2.</translation>
    </message>
    <message>
        <source>%1 names no address of this machine: give its number, such as 127.0.0.1 or 0.0.0.0.</source>
        <extracomment>%1 is an address that the user gave</extracomment>
        <translation>%1 nennt keine Adresse dieses Rechners: geben Sie deren Nummer an, etwa 127.0.0.1 oder 0.0.0.0.</translation>
    </message>
    <message>
        <source>%1 is not an address: %2.</source>
        <extracomment>%1 is what the user gave, %2 what is wrong with it</extracomment>
        <translation>%1 ist keine Adresse: %2.</translation>
    </message>
    <message>
        <source>%1 is not a local address: write local:name.</source>
        <extracomment>%1 is an address that the user gave</extracomment>
        <translation>%1 ist keine lokale Adresse: schreiben Sie local:name.</translation>
    </message>
    <message>
        <source>%1 has no port to connect to.</source>
        <extracomment>%1 is an address that the user gave</extracomment>
        <translation>%1 hat keinen Port, mit dem man sich verbinden kann.</translation>
    </message>
    <message>
        <source>The application is busy with message %1.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>Die Anwendung ist mit Nachricht %1 beschäftigt.</translation>
    </message>
    <message>
        <source>The application has been busy with message %1 for %2.</source>
        <extracomment>%1 is a message&apos;s number, %2 a time such as &quot;12 s&quot;</extracomment>
        <translation>Die Anwendung ist seit %2 mit Nachricht %1 beschäftigt.</translation>
    </message>
    <message>
        <source>The storage is not ready.</source>
        <translation>Der Speicher ist nicht bereit.</translation>
    </message>
    <message>
        <source>The storage has not answered for %1.</source>
        <translation>Der Speicher hat seit %1 nicht geantwortet.</translation>
    </message>
    <message>
        <source>The link is down; the other side has to connect.</source>
        <translation>Die Verbindung ist unterbrochen; die andere Seite muss sich verbinden.</translation>
    </message>
    <message>
        <source>The link is down; connecting.</source>
        <translation>Die Verbindung ist unterbrochen; sie wird aufgebaut.</translation>
    </message>
    <message>
        <source>The link is down; the next attempt is in %1.</source>
        <extracomment>%1 is a time such as &quot;4 s&quot;</extracomment>
        <translation>Die Verbindung ist unterbrochen; der nächste Versuch ist in %1.</translation>
    </message>
    <message>
        <source>Nothing blocks this flow.</source>
        <translation>Nichts hält diesen Fluss auf.</translation>
    </message>
    <message>
        <source>No consumer is attached.</source>
        <translation>Kein Konsument ist angeschlossen.</translation>
    </message>
    <message>
        <source>The window is used up until the consumer confirms.</source>
        <translation>Das Fenster ist aufgebraucht, bis der Konsument bestätigt.</translation>
    </message>
    <message>
        <source>The limit %1 of this side is reached.</source>
        <extracomment>%1 is the name of a setting</extracomment>
        <translation>Die Grenze %1 dieser Seite ist erreicht.</translation>
    </message>
    <message>
        <source>The application has not called start(), or its object is gone.</source>
        <translation>Die Anwendung hat start() nicht aufgerufen, oder ihr Objekt ist fort.</translation>
    </message>
    <message>
        <source>It was refused.</source>
        <translation>Es wurde abgelehnt.</translation>
    </message>
    <message>
        <source>No producer is attached.</source>
        <translation>Kein Produzent ist angeschlossen.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>Fluss</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>The recording began.</source>
        <translation>Die Aufzeichnung begann.</translation>
    </message>
    <message>
        <source>The application called start().</source>
        <translation>Die Anwendung hat start() aufgerufen.</translation>
    </message>
    <message>
        <source>A peer offers the other end.</source>
        <translation>Ein Gegenüber bietet das andere Ende an.</translation>
    </message>
    <message>
        <source>The two ends are attached from message %1 on, epoch %2.</source>
        <extracomment>%1 is a message&apos;s number, %2 counts registrations</extracomment>
        <translation>Die beiden Enden sind ab Nachricht %1 verbunden, Epoche %2.</translation>
    </message>
    <message>
        <source>The other end gave the flow up, reason %1.</source>
        <extracomment>%1 is a number of the protocol</extracomment>
        <translation>Das andere Ende hat den Fluss aufgegeben, Grund %1.</translation>
    </message>
    <message>
        <source>The link was lost; message %1 is confirmed.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>Die Verbindung ging verloren; Nachricht %1 ist bestätigt.</translation>
    </message>
    <message>
        <source>The other end was refused, reason %1.</source>
        <extracomment>%1 is a number of the protocol</extracomment>
        <translation>Das andere Ende wurde abgelehnt, Grund %1.</translation>
    </message>
    <message>
        <source>Confirmed up to message %1; granted up to %2.</source>
        <extracomment>%1 and %2 are numbers of messages</extracomment>
        <translation>Bestätigt bis Nachricht %1; freigegeben bis %2.</translation>
    </message>
    <message>
        <source>Messages %1 to %2 are missing.</source>
        <extracomment>%1 and %2 are numbers of messages</extracomment>
        <translation>Die Nachrichten %1 bis %2 fehlen.</translation>
    </message>
    <message>
        <source>The producer told that it has transmitted up to message %1.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>Der Produzent meldet, bis Nachricht %1 übertragen zu haben.</translation>
    </message>
    <message>
        <source>The storage is loaded; message %1 is confirmed.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>Der Speicher ist geladen; Nachricht %1 ist bestätigt.</translation>
    </message>
    <message>
        <source>Storing what follows message %1 has failed.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>Das Speichern dessen, was auf Nachricht %1 folgt, ist gescheitert.</translation>
    </message>
    <message>
        <source>The application called retry().</source>
        <translation>Die Anwendung hat retry() aufgerufen.</translation>
    </message>
    <message numerus="yes">
        <source>The producer began anew; %n message(s) were dropped.</source>
        <translation>
            <numerusform>Der Produzent hat neu begonnen; %n Nachricht wurde verworfen.</numerusform>
            <numerusform>Der Produzent hat neu begonnen; %n Nachrichten wurden verworfen.</numerusform>
        </translation>
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
        <source>%1/s</source>
        <extracomment>%1 is a number of messages</extracomment>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Other end</source>
        <translation>Anderes Ende</translation>
    </message>
    <message>
        <source>Other node</source>
        <translation>Anderer Knoten</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Blocked because</source>
        <translation>Aufgehalten, weil</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Bestätigt</translation>
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
        <source>Backlog</source>
        <translation>Rückstau</translation>
    </message>
    <message>
        <source>Unconfirmed</source>
        <translation>Unbestätigt</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Resent</source>
        <translation>Erneut gesendet</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Oldest</source>
        <translation>Älteste</translation>
    </message>
    <message>
        <source>Not stored</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>The application has paused the flow.</source>
        <translation>Die Anwendung hat den Fluss unterbrochen.</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Steht</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>Schließt</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>Not needed</source>
        <translation>Nicht gebraucht</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>Ausstehend</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>Up for</source>
        <translation>Steht seit</translation>
    </message>
    <message>
        <source>Next attempt in</source>
        <translation>Nächster Versuch in</translation>
    </message>
    <message>
        <source>Flows</source>
        <translation>Flüsse</translation>
    </message>
    <message>
        <source>The metrics cannot be written: %1</source>
        <extracomment>%1 are the system&apos;s words</extracomment>
        <translation>Die Metriken können nicht geschrieben werden: %1</translation>
    </message>
    <message>
        <source>The process did not answer in time.</source>
        <translation>Der Prozess hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>Nobody can be watched at %1.</source>
        <extracomment>%1 is a path</extracomment>
        <translation>Unter %1 kann niemand beobachtet werden.</translation>
    </message>
    <message>
        <source>The process that was watched has ended it.</source>
        <translation>Der beobachtete Prozess hat die Beobachtung beendet.</translation>
    </message>
    <message>
        <source>The process cannot be watched: %1</source>
        <extracomment>%1 are the system&apos;s words</extracomment>
        <translation>Der Prozess kann nicht beobachtet werden: %1</translation>
    </message>
    <message>
        <source>The process sent something illegible.</source>
        <translation>Der Prozess hat etwas Unlesbares gesendet.</translation>
    </message>
    <message>
        <source>The process speaks version %1 of the monitor&apos;s protocol, not %2.</source>
        <extracomment>%1 and %2 are numbers</extracomment>
        <translation>Der Prozess spricht Version %1 des Monitorprotokolls, nicht %2.</translation>
    </message>
    <message>
        <source>The process has more than %1 flows or links.</source>
        <extracomment>%1 is a number</extracomment>
        <translation>Der Prozess hat mehr als %1 Flüsse oder Verbindungen.</translation>
    </message>
    <message>
        <source>The directory %1 for monitors cannot be created.</source>
        <extracomment>%1 is a directory</extracomment>
        <translation>Das Verzeichnis %1 für Monitore kann nicht angelegt werden.</translation>
    </message>
    <message>
        <source>A monitor server needs a node.</source>
        <translation>Ein Monitorserver braucht einen Knoten.</translation>
    </message>
    <message>
        <source>A monitor server must live in the thread of its node.</source>
        <translation>Ein Monitorserver muss im Thread seines Knotens leben.</translation>
    </message>
    <message>
        <source>Another program listens at %1.</source>
        <extracomment>%1 is a path</extracomment>
        <translation>Ein anderes Programm lauscht an %1.</translation>
    </message>
    <message>
        <source>Monitors cannot be awaited at %1: %2</source>
        <extracomment>%1 is a path, %2 the system&apos;s words</extracomment>
        <translation>Monitore können an %1 nicht erwartet werden: %2</translation>
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
        <source>%1 is damaged: copy %2 in it is not whole, and may have been the newer one.</source>
        <extracomment>%1 is a file, %2 is 1 or 2</extracomment>
        <translation>%1 ist beschädigt: Kopie %2 darin ist nicht vollständig und war vielleicht die neuere.</translation>
    </message>
    <message>
        <source>%1 was written by a newer version, which this one cannot read.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>%1 wurde von einer neueren Version geschrieben, die diese nicht lesen kann.</translation>
    </message>
    <message>
        <source>%1 is damaged: no copy in it is whole.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>%1 ist beschädigt: keine Kopie darin ist vollständig.</translation>
    </message>
    <message>
        <source>%1 is damaged at byte %2.</source>
        <extracomment>%1 is the path of a file, %2 a position in it in bytes</extracomment>
        <translation>%1 ist bei Byte %2 beschädigt.</translation>
    </message>
    <message>
        <source>%1 is missing: it held unconfirmed messages from byte 0.</source>
        <extracomment>%1 is the path of a file</extracomment>
        <translation>%1 fehlt: darin standen unbestätigte Nachrichten ab Byte 0.</translation>
    </message>
    <message>
        <source>%1 belongs to another journal, as byte 0 and the following say.</source>
        <extracomment>%1 is the path of a file</extracomment>
        <translation>%1 gehört zu einem anderen Journal, wie Byte 0 und die folgenden sagen.</translation>
    </message>
    <message>
        <source>%1 was written by a version that this one does not know.</source>
        <extracomment>%1 is the path of a file</extracomment>
        <translation>%1 wurde von einer Version geschrieben, die diese nicht kennt.</translation>
    </message>
    <message>
        <source>%1 holds the messages of producer %2.</source>
        <extracomment>%1 is the path of a file, %2 the id of a producer</extracomment>
        <translation>%1 enthält die Nachrichten des Produzenten %2.</translation>
    </message>
    <message>
        <source>Message %1 cannot be stored: the next one is %2.</source>
        <extracomment>%1 and %2 are numbers of messages</extracomment>
        <translation>Nachricht %1 kann nicht gespeichert werden: die nächste ist %2.</translation>
    </message>
    <message>
        <source>Message %1 is too long to be stored.</source>
        <extracomment>%1 is the number of a message</extracomment>
        <translation>Nachricht %1 ist zu lang, um gespeichert zu werden.</translation>
    </message>
    <message>
        <source>The queue has not been loaded.</source>
        <translation>Die Warteschlange ist nicht geladen.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <extracomment>%1 is the name of a file, %2 the system&apos;s words
----------
%1 is a file, %2 a few words of the system
----------
%1 is a file or directory, %2 the system&apos;s reason</extracomment>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>%1 is not a file.</source>
        <extracomment>%1 is the path of something that is there</extracomment>
        <translation>%1 ist keine Datei.</translation>
    </message>
    <message>
        <source>There is no device.</source>
        <translation>Es gibt kein Gerät.</translation>
    </message>
    <message>
        <source>The device cannot be opened: %1.</source>
        <extracomment>%1 is what the device says</extracomment>
        <translation>Das Gerät kann nicht geöffnet werden: %1.</translation>
    </message>
    <message>
        <source>Only a device that can be read at any place can be sent, because parts may have to be sent again; write to a file first.</source>
        <translation>Nur ein Gerät, das an jeder Stelle lesbar ist, kann gesendet werden, weil Teile vielleicht erneut zu senden sind; schreiben Sie zuerst in eine Datei.</translation>
    </message>
    <message>
        <source>%1 was removed by another process.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>%1 wurde von einem anderen Prozess entfernt.</translation>
    </message>
    <message>
        <source>%1 holds %2 messages that are arriving, as many as maxPartialMessages allows.</source>
        <extracomment>%1 is the path of a directory, %2 a number</extracomment>
        <translation>%1 enthält %2 ankommende Nachrichten, so viele, wie maxPartialMessages erlaubt.</translation>
    </message>
    <message>
        <source>%1 cannot be opened: %2.</source>
        <extracomment>%1 is a file or directory, %2 the system&apos;s reason</extracomment>
        <translation>%1 kann nicht geöffnet werden: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be locked: %2.</source>
        <extracomment>%1 is a file or directory, %2 the system&apos;s reason</extracomment>
        <translation>%1 kann nicht gesperrt werden: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <extracomment>%1 is a file or directory, %2 the system&apos;s reason</extracomment>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be written to the disk: %2.</source>
        <extracomment>%1 is a file or directory, %2 the system&apos;s reason</extracomment>
        <translation>%1 kann nicht auf den Datenträger geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be renamed: %2.</source>
        <extracomment>%1 is a file, %2 the system&apos;s reason</extracomment>
        <translation>%1 kann nicht umbenannt werden: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be removed: %2.</source>
        <extracomment>%1 is a file, %2 the system&apos;s reason</extracomment>
        <translation>%1 kann nicht entfernt werden: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be created: %2.</source>
        <extracomment>%1 is a file or directory, %2 the system&apos;s reason</extracomment>
        <translation>%1 kann nicht angelegt werden: %2.</translation>
    </message>
    <message>
        <source>%1 is shorter than it was.</source>
        <extracomment>%1 is the path of a file</extracomment>
        <translation>%1 ist kürzer, als es war.</translation>
    </message>
    <message>
        <source>%1 is in use by another owner.</source>
        <extracomment>%1 is the path of a directory</extracomment>
        <translation>%1 wird von einem anderen Eigentümer benutzt.</translation>
    </message>
    <message>
        <source>%1 is in use by process %2.</source>
        <extracomment>%1 is the path of a directory, %2 the number of a process</extracomment>
        <translation>%1 wird vom Prozess %2 benutzt.</translation>
    </message>
    <message>
        <source>%1 is damaged: it has %2 bytes instead of %3.</source>
        <extracomment>%1 is a file, %2 and %3 are numbers of bytes</extracomment>
        <translation>%1 ist beschädigt: es hat %2 Bytes statt %3.</translation>
    </message>
    <message>
        <source>%1 holds the position of consumer &quot;%2&quot; in the messages of producer &quot;%3&quot;.</source>
        <extracomment>%1 is a file, %2 the id of a consumer, %3 the id of a producer</extracomment>
        <translation>%1 enthält die Position des Konsumenten &quot;%2&quot; in den Nachrichten des Produzenten &quot;%3&quot;.</translation>
    </message>
    <message>
        <source>A position cannot be recorded: the ids of consumer and producer are too long.</source>
        <translation>Eine Position kann nicht festgehalten werden: die Kennungen von Konsument und Produzent sind zu lang.</translation>
    </message>
    <message>
        <source>A settings file holds the positions of at most %1 pairs of consumer and producer.</source>
        <extracomment>%1 is a number</extracomment>
        <translation>Eine Einstellungsdatei enthält die Positionen von höchstens %1 Paaren aus Konsument und Produzent.</translation>
    </message>
    <message>
        <source>%1 cannot be written: there is no room on the disk.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>%1 kann nicht geschrieben werden: auf dem Datenträger ist kein Platz.</translation>
    </message>
    <message>
        <source>%1 cannot be written; look at the permissions of its directory.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>%1 kann nicht geschrieben werden; prüfen Sie die Rechte des Verzeichnisses.</translation>
    </message>
    <message>
        <source>The message has %1 bytes. A queue in a settings file takes at most %2; use FileProducerQueue for more.</source>
        <extracomment>%1 and %2 are numbers of bytes</extracomment>
        <translation>Die Nachricht hat %1 Bytes. Eine Warteschlange in einer Einstellungsdatei nimmt höchstens %2; nehmen Sie FileProducerQueue für mehr.</translation>
    </message>
    <message>
        <source>The context of the message has %1 bytes. A queue in a settings file takes at most %2.</source>
        <extracomment>%1 and %2 are numbers of bytes</extracomment>
        <translation>Der Kontext der Nachricht hat %1 Bytes. Eine Warteschlange in einer Einstellungsdatei nimmt höchstens %2.</translation>
    </message>
    <message>
        <source>A queue in a settings file holds at most %1 messages and %2 bytes that are not confirmed.</source>
        <extracomment>%1 is a number of messages, %2 of bytes</extracomment>
        <translation>Eine Warteschlange in einer Einstellungsdatei enthält höchstens %1 unbestätigte Nachrichten und %2 unbestätigte Bytes.</translation>
    </message>
    <message>
        <source>Message %1 cannot be stored: the next one has the number %2.</source>
        <extracomment>%1 and %2 are numbers of messages</extracomment>
        <translation>Nachricht %1 kann nicht gespeichert werden: die nächste hat die Nummer %2.</translation>
    </message>
    <message>
        <source>%1 holds the messages of producer &quot;%2&quot;, not of &quot;%3&quot;.</source>
        <extracomment>%1 is a file, %2 and %3 are ids of producers</extracomment>
        <translation>%1 enthält die Nachrichten des Produzenten &quot;%2&quot;, nicht die von &quot;%3&quot;.</translation>
    </message>
    <message>
        <source>Nothing can be stored before the queue is loaded.</source>
        <translation>Nichts kann gespeichert werden, bevor die Warteschlange geladen ist.</translation>
    </message>
    <message>
        <source>%1 is no address of a database: sqlite:/path/file.db or postgresql://user@host:port/database.</source>
        <extracomment>%1 is what was given, without a password</extracomment>
        <translation>%1 ist keine Adresse einer Datenbank: sqlite:/pfad/datei.db oder postgresql://benutzer@host:port/datenbank.</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <extracomment>%1 is the name of a database, %2 that of its server</extracomment>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>The progress of producer %1 has not been loaded.</source>
        <extracomment>%1 is a producer&apos;s id</extracomment>
        <translation>Der Fortschritt des Produzenten %1 ist nicht geladen.</translation>
    </message>
    <message>
        <source>The position to be recorded has no stream or no number.</source>
        <translation>Die festzuhaltende Position hat keinen Strom oder keine Nummer.</translation>
    </message>
    <message>
        <source>Message %1 of %2 has been recorded for %3 before.</source>
        <extracomment>%1 is a message&apos;s number, %2 and %3 are the ids of its producer and its consumer</extracomment>
        <translation>Nachricht %1 von %2 wurde für %3 schon festgehalten.</translation>
    </message>
    <message>
        <source>The database %1 has failed: %2.</source>
        <extracomment>%1 is the name of a database, %2 what its driver says, untranslated</extracomment>
        <translation>Die Datenbank %1 ist gescheitert: %2.</translation>
    </message>
    <message>
        <source>The database driver &quot;%1&quot; is not supported: QSQLITE and QPSQL are.</source>
        <extracomment>%1 is the name of a driver</extracomment>
        <translation>Der Datenbanktreiber &quot;%1&quot; wird nicht unterstützt: QSQLITE und QPSQL werden es.</translation>
    </message>
    <message>
        <source>The database driver %1 is missing; Debian has it in the package %2.</source>
        <extracomment>%1 is the name of a driver, %2 that of a package</extracomment>
        <translation>Der Datenbanktreiber %1 fehlt; Debian hat ihn im Paket %2.</translation>
    </message>
    <message>
        <source>The tables in the database %1 are of version %2, which this library does not know.</source>
        <extracomment>%1 is the name of a database, %2 a number</extracomment>
        <translation>Die Tabellen der Datenbank %1 haben Version %2, die diese Bibliothek nicht kennt.</translation>
    </message>
    <message>
        <source>Another process has taken over the queue of %1 in the database %2.</source>
        <extracomment>%1 is a producer&apos;s id, %2 the name of a database</extracomment>
        <translation>Ein anderer Prozess hat die Warteschlange von %1 in der Datenbank %2 übernommen.</translation>
    </message>
    <message>
        <source>Another process has taken over the progress of %1 in the database %2.</source>
        <extracomment>%1 is a consumer&apos;s id, %2 the name of a database</extracomment>
        <translation>Ein anderer Prozess hat den Fortschritt von %1 in der Datenbank %2 übernommen.</translation>
    </message>
    <message>
        <source>Message %1 cannot be stored: the next one is message %2.</source>
        <extracomment>%1 and %2 are numbers of messages</extracomment>
        <translation>Nachricht %1 kann nicht gespeichert werden: die nächste ist Nachricht %2.</translation>
    </message>
    <message>
        <source>The queue of %1 in the database %2 contradicts itself.</source>
        <extracomment>%1 is a producer&apos;s id, %2 the name of a database</extracomment>
        <translation>Die Warteschlange von %1 in der Datenbank %2 widerspricht sich selbst.</translation>
    </message>
    <message>
        <source>A position in the messages of producer &quot;%1&quot; cannot be recorded before it is loaded.</source>
        <extracomment>%1 is the id of a producer</extracomment>
        <translation>Eine Position in den Nachrichten des Produzenten &quot;%1&quot; kann nicht festgehalten werden, bevor sie geladen ist.</translation>
    </message>
    <message>
        <source>The context of the confirmation has %1 bytes; at most %2 can be recorded.</source>
        <extracomment>%1 and %2 are numbers of bytes</extracomment>
        <translation>Der Kontext der Bestätigung hat %1 Bytes; höchstens %2 können festgehalten werden.</translation>
    </message>
    <message>
        <source>%1 is in use by another process or by another object of this one.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>%1 wird von einem anderen Prozess oder von einem anderen Objekt dieses Prozesses benutzt.</translation>
    </message>
    <message>
        <source>The controller was deleted.</source>
        <translation>Der Controller wurde gelöscht.</translation>
    </message>
    <message>
        <source>There are two shared secrets with the name %1.</source>
        <extracomment>%1 is the name of a secret</extracomment>
        <translation>Es gibt zwei gemeinsame Geheimnisse mit dem Namen %1.</translation>
    </message>
    <message>
        <source>The rules in %1 cannot be read: %2.</source>
        <extracomment>%1 is the name of a file, %2 the system&apos;s reason</extracomment>
        <translation>Die Regeln in %1 können nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>%1, line %2 is not a rule: write who, &quot;produce&quot; or &quot;consume&quot;, and the flow, such as: secret:press produce orders</source>
        <extracomment>%1 is the name of a file, %2 a line&apos;s number</extracomment>
        <translation>%1, Zeile %2 ist keine Regel: Schreiben Sie wer, „produce“ oder „consume“ und den Fluss, etwa: secret:press produce orders</translation>
    </message>
    <message>
        <source>the other side does not speak the QtDelivery protocol, or it wants tls://</source>
        <translation>die andere Seite spricht das QtDelivery-Protokoll nicht, oder sie will tls://</translation>
    </message>
    <message>
        <source>the two nodes do not have the same shared secret under the same name</source>
        <translation>die beiden Knoten haben nicht dasselbe gemeinsame Geheimnis unter demselben Namen</translation>
    </message>
    <message>
        <source>one of the two nodes has a shared secret, the other has none</source>
        <translation>einer der beiden Knoten hat ein gemeinsames Geheimnis, der andere hat keines</translation>
    </message>
    <message>
        <source>The name of a shared secret must be 1 to 255 bytes of UTF-8 without control characters.</source>
        <translation>Der Name eines gemeinsamen Geheimnisses muss aus 1 bis 255 Bytes UTF-8 ohne Steuerzeichen bestehen.</translation>
    </message>
    <message>
        <source>The shared secret %1 is too short: take at least %2 random bytes.</source>
        <extracomment>%1 is its name, %2 a number</extracomment>
        <translation>Das gemeinsame Geheimnis %1 ist zu kurz: Nehmen Sie mindestens %2 zufällige Bytes.</translation>
    </message>
    <message>
        <source>The secret in %1 cannot be read: %2.</source>
        <extracomment>%1 is the name of a file, %2 the system&apos;s reason</extracomment>
        <translation>Das Geheimnis in %1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemanden</translation>
    </message>
    <message>
        <source>an authority without a name</source>
        <translation>einer Zertifizierungsstelle ohne Namen</translation>
    </message>
    <message>
        <source>The certificate of %1 is for %2, not for %3: connect to a name that it is for, or give that as serverName.</source>
        <extracomment>%1 is an address, %2 the names in a certificate, %3 the name it had to be for</extracomment>
        <translation>Das Zertifikat von %1 gilt für %2, nicht für %3: Verbinden Sie mit einem Namen, für den es gilt, oder geben Sie diesen als serverName an.</translation>
    </message>
    <message>
        <source>The certificate of %1 expired on %2: it must be renewed, unless this machine&apos;s clock is wrong.</source>
        <extracomment>%1 is an address, %2 a date</extracomment>
        <translation>Das Zertifikat von %1 ist am %2 abgelaufen: Es muss erneuert werden, falls nicht die Uhr dieses Rechners falsch geht.</translation>
    </message>
    <message>
        <source>The certificate of %1 is valid from %2 only: look at this machine&apos;s clock.</source>
        <extracomment>%1 is an address, %2 a date</extracomment>
        <translation>Das Zertifikat von %1 gilt erst ab %2: Prüfen Sie die Uhr dieses Rechners.</translation>
    </message>
    <message>
        <source>%1 showed no certificate, and this node wants one of everybody: give the peer a certificateChain and a privateKey.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>%1 hat kein Zertifikat gezeigt, und dieser Knoten will von jedem eines: Geben Sie der Gegenseite certificateChain und privateKey.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not meant for this: its extendedKeyUsage must have serverAuth to listen and clientAuth to connect.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>Das Zertifikat von %1 ist dafür nicht gedacht: Sein extendedKeyUsage braucht serverAuth, um zu lauschen, und clientAuth, um zu verbinden.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not accepted: %2.</source>
        <extracomment>%1 is an address, %2 the words of the TLS library</extracomment>
        <translation>Das Zertifikat von %1 wird nicht angenommen: %2.</translation>
    </message>
    <message>
        <source>The key of %1 is none of pins: somebody else answers there, or it has a new key. If you know that to be right, pin it: %2.</source>
        <extracomment>%1 is an address, %2 a number</extracomment>
        <translation>Der Schlüssel von %1 ist keiner von pins: Dort antwortet jemand anderes, oder er hat einen neuen Schlüssel. Wenn Sie wissen, dass das richtig ist, nehmen Sie ihn auf: %2.</translation>
    </message>
    <message>
        <source>%1 does not speak TLS: one side has a tls:// address and the other tcp://, or it is another program.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>%1 spricht kein TLS: Eine Seite hat eine tls://-Adresse und die andere tcp://, oder es ist ein anderes Programm.</translation>
    </message>
    <message>
        <source>The TLS handshake with %1 failed: %2.</source>
        <extracomment>%1 is an address, %2 the words of the TLS library</extracomment>
        <translation>Der TLS-Handschlag mit %1 ist gescheitert: %2.</translation>
    </message>
    <message>
        <source>%1 closed the connection at the TLS handshake: it does not accept the certificate of this node, or that it has none, or it does not speak TLS. Its log says why.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>%1 hat die Verbindung beim TLS-Handschlag geschlossen: Er nimmt das Zertifikat dieses Knotens nicht an, oder nicht, dass er keines hat, oder er spricht kein TLS. Sein Protokoll sagt, warum.</translation>
    </message>
    <message>
        <source>The TLS handshake with %1 took longer than handshakeTimeout: perhaps it does not speak TLS.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>Der TLS-Handschlag mit %1 dauerte länger als handshakeTimeout: Vielleicht spricht er kein TLS.</translation>
    </message>
    <message>
        <source>%1 holds no certificate in PEM format.</source>
        <extracomment>%1 is the name of a file</extracomment>
        <translation>%1 enthält kein Zertifikat im PEM-Format.</translation>
    </message>
    <message>
        <source>%1 holds no private key that can be used: it must be RSA or elliptic curve in PEM format, and its passphrase, if it has one, right.</source>
        <extracomment>%1 is the name of a file</extracomment>
        <translation>%1 enthält keinen brauchbaren privaten Schlüssel: Es muss RSA oder eine elliptische Kurve im PEM-Format sein, und seine Passphrase, falls er eine hat, richtig.</translation>
    </message>
    <message>
        <source>certificateChain and privateKey belong together: give both or neither.</source>
        <translation>certificateChain und privateKey gehören zusammen: Geben Sie beide an oder keines.</translation>
    </message>
    <message>
        <source>Each of pins is the %1 bytes of a SHA-256: see TlsSettings::pinOf().</source>
        <translation>Jedes Element von pins besteht aus den %1 Bytes eines SHA-256: siehe TlsSettings::pinOf().</translation>
    </message>
    <message>
        <source>%1 closed the connection without a word: perhaps it wants tls:// instead, or has as many connections as it allows.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>%1 hat die Verbindung ohne ein Wort geschlossen: Vielleicht will er stattdessen tls://, oder er hat so viele Verbindungen, wie er erlaubt.</translation>
    </message>
    <message>
        <source>%1 cannot be used, because Qt finds no OpenSSL: its plugin tls/libqopensslbackend.so and OpenSSL 3 must be installed.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>%1 kann nicht benutzt werden, weil Qt kein OpenSSL findet: Sein Plugin tls/libqopensslbackend.so und OpenSSL 3 müssen installiert sein.</translation>
    </message>
    <message>
        <source>To listen on %1 the node needs certificateChain and privateKey: see DeliveryNode::setTlsSettings().</source>
        <extracomment>%1 is an address</extracomment>
        <translation>Um auf %1 zu lauschen, braucht der Knoten certificateChain und privateKey: siehe DeliveryNode::setTlsSettings().</translation>
    </message>
    <message>
        <source>To ask for certificates on %1 the node needs caCertificates: the authority that issues those of its peers.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>Um auf %1 Zertifikate zu verlangen, braucht der Knoten caCertificates: die Stelle, die die seiner Gegenseiten ausstellt.</translation>
    </message>
    <message>
        <source>%1 leads beyond this machine without encryption: use tls:// instead, or set allowPlainText if you trust everybody on the way.</source>
        <extracomment>%1 is an address that the user gave</extracomment>
        <translation>%1 führt unverschlüsselt über diesen Rechner hinaus: Nehmen Sie tls://, oder setzen Sie allowPlainText, wenn Sie allen unterwegs vertrauen.</translation>
    </message>
    <message>
        <source>%1 is not an address for this library: write tcp://host:port, tls://host:port or local:name.</source>
        <extracomment>%1 is an address that the user gave</extracomment>
        <translation>%1 ist keine Adresse für diese Bibliothek: Schreiben Sie tcp://Rechner:Port, tls://Rechner:Port oder local:Name.</translation>
    </message>
    <message>
        <source>%1 is not a TCP address: write %2://host:port.</source>
        <extracomment>%1 is an address that the user gave, %2 is tcp or tls</extracomment>
        <translation>%1 ist keine TCP-Adresse: Schreiben Sie %2://Rechner:Port.</translation>
    </message>
    <message>
        <source>The name of a credential has 1 to %1 bytes and no control characters.</source>
        <extracomment>%1 is a number</extracomment>
        <translation>Der Name eines Zugangsdatums hat 1 bis %1 Bytes und keine Steuerzeichen.</translation>
    </message>
    <message>
        <source>An empty secret cannot be kept.</source>
        <translation>Ein leeres Geheimnis kann nicht aufbewahrt werden.</translation>
    </message>
    <message>
        <source>A secret has at most %1 bytes.</source>
        <extracomment>%1 is a number</extracomment>
        <translation>Ein Geheimnis hat höchstens %1 Bytes.</translation>
    </message>
    <message>
        <source>There is no credential &quot;%1&quot;.</source>
        <extracomment>%1 is the name of a credential</extracomment>
        <translation>Es gibt kein Zugangsdatum „%1“.</translation>
    </message>
    <message>
        <source>The credential store has not answered within %1 seconds; a keychain may be waiting for its password.</source>
        <extracomment>%1 is a number</extracomment>
        <translation>Die Ablage für Zugangsdaten hat innerhalb von %1 Sekunden nicht geantwortet; vielleicht wartet ein Schlüsselbund auf sein Passwort.</translation>
    </message>
    <message>
        <source>The credential store was closed before it answered.</source>
        <translation>Die Ablage für Zugangsdaten wurde geschlossen, bevor sie geantwortet hat.</translation>
    </message>
    <message>
        <source>A credential store can be used in its own thread only.</source>
        <translation>Eine Ablage für Zugangsdaten kann nur in ihrem eigenen Thread benutzt werden.</translation>
    </message>
    <message>
        <source>A file of credentials needs a passphrase.</source>
        <translation>Eine Datei mit Zugangsdaten braucht eine Passphrase.</translation>
    </message>
    <message>
        <source>The directory %1, which writing to the keychain needs, cannot be made.</source>
        <extracomment>%1 is a directory</extracomment>
        <translation>Das Verzeichnis %1, das zum Schreiben in den Schlüsselbund nötig ist, kann nicht angelegt werden.</translation>
    </message>
    <message>
        <source>This program was built without support for keychains. Keep the credentials in a file.</source>
        <translation>Dieses Programm wurde ohne Unterstützung für Schlüsselbunde gebaut. Bewahren Sie die Zugangsdaten in einer Datei auf.</translation>
    </message>
    <message>
        <source>The credentials in a keychain need the name of a service.</source>
        <translation>Zugangsdaten in einem Schlüsselbund brauchen den Namen eines Dienstes.</translation>
    </message>
    <message>
        <source>A keychain can be used in the thread of the application only.</source>
        <translation>Ein Schlüsselbund kann nur im Thread der Anwendung benutzt werden.</translation>
    </message>
    <message>
        <source>The keychain has no such entry.</source>
        <translation>Der Schlüsselbund hat keinen solchen Eintrag.</translation>
    </message>
    <message>
        <source>The keychain is locked, or does not let this program in (%1). Unlock it, or keep the credentials in a file.</source>
        <extracomment>%1 is the keychain&apos;s reason</extracomment>
        <translation>Der Schlüsselbund ist gesperrt oder lässt dieses Programm nicht ein (%1). Entsperren Sie ihn, oder bewahren Sie die Zugangsdaten in einer Datei auf.</translation>
    </message>
    <message>
        <source>The keychain cannot be reached (%1). It needs a desktop session with a keychain, such as gnome-keyring or KWallet; without one, keep the credentials in a file.</source>
        <extracomment>%1 is the system&apos;s reason</extracomment>
        <translation>Der Schlüsselbund ist nicht erreichbar (%1). Er braucht eine Sitzung mit einem Schlüsselbund wie gnome-keyring oder KWallet; ohne diese bewahren Sie die Zugangsdaten in einer Datei auf.</translation>
    </message>
    <message>
        <source>What the keychain holds was written by a newer version, which this one cannot read.</source>
        <translation>Was der Schlüsselbund enthält, wurde von einer neueren Version geschrieben, die diese nicht lesen kann.</translation>
    </message>
    <message>
        <source>What the keychain holds of this program is damaged: something was changed or removed in it.</source>
        <translation>Was der Schlüsselbund von diesem Programm enthält, ist beschädigt: Etwas wurde darin geändert oder entfernt.</translation>
    </message>
    <message>
        <source>There is not enough memory to make a key from the passphrase.</source>
        <translation>Der Speicher reicht nicht aus, um aus der Passphrase einen Schlüssel zu machen.</translation>
    </message>
    <message>
        <source>The passphrase is not that of %1.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>Die Passphrase ist nicht die von %1.</translation>
    </message>
    <message>
        <source>%1 is damaged, or is no file of credentials. Put a copy of it in its place, or remove it and enter the credentials again.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>%1 ist beschädigt oder keine Datei mit Zugangsdaten. Ersetzen Sie sie durch eine Kopie, oder entfernen Sie sie und geben Sie die Zugangsdaten neu ein.</translation>
    </message>
    <message>
        <source>This program was built without support for encrypted files of credentials.</source>
        <translation>Dieses Programm wurde ohne Unterstützung für verschlüsselte Dateien mit Zugangsdaten gebaut.</translation>
    </message>
    <message>
        <source>announceExpiry must be from 0 to 10 000 days.</source>
        <translation>announceExpiry muss von 0 bis 10 000 Tagen reichen.</translation>
    </message>
    <message>
        <source>none</source>
        <extracomment>of a link: it is not encrypted</extracomment>
        <translation>keine</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>Proved by the peer</source>
        <translation>Nachweis der Gegenseite</translation>
    </message>
    <message>
        <source>Certificate ends</source>
        <translation>Zertifikat endet</translation>
    </message>
    <message>
        <source>This durable queue stores only what is in memory; a FileProducerQueue stores files and devices, too.</source>
        <translation>Diese dauerhafte Warteschlange speichert nur, was im Speicher ist; eine FileProducerQueue speichert auch Dateien und Geräte.</translation>
    </message>
    <message>
        <source>The payload of message %1 cannot be read, or is not what was stored: %2.</source>
        <extracomment>%1 is the number of a message, %2 the path of a file</extracomment>
        <translation>Der Inhalt der Nachricht %1 lässt sich nicht lesen oder ist nicht, was gespeichert wurde: %2.</translation>
    </message>
    <message>
        <source>%1 is missing: it held message %2, which is unconfirmed.</source>
        <extracomment>%1 is the path of a file, %2 the number of a message</extracomment>
        <translation>%1 fehlt: Darin war die Nachricht %2, die nicht bestätigt ist.</translation>
    </message>
    <message>
        <source>%1 is damaged: it is not what was stored of message %2.</source>
        <extracomment>%1 is the path of a file, %2 the number of a message</extracomment>
        <translation>%1 ist beschädigt: Es ist nicht, was von der Nachricht %2 gespeichert wurde.</translation>
    </message>
    <message>
        <source>What message %1 is read from cannot be read any more, or has changed.</source>
        <extracomment>%1 is the number of a message</extracomment>
        <translation>Woraus die Nachricht %1 gelesen wird, lässt sich nicht mehr lesen oder hat sich geändert.</translation>
    </message>
    <message>
        <source>What this durable queue has cannot be taken back; a FileProducerQueue can skip it.</source>
        <translation>Was diese dauerhafte Warteschlange hat, kann nicht zurückgenommen werden; eine FileProducerQueue kann es überspringen.</translation>
    </message>
    <message>
        <source>The fingerprint of its key is %1.</source>
        <extracomment>%1 is a number</extracomment>
        <translation>Der Fingerabdruck seines Schlüssels ist %1.</translation>
    </message>
    <message>
        <source>Processes are watched over the network with encryption only: write tls://host:port instead of %1.</source>
        <extracomment>%1 is an address that the user gave</extracomment>
        <translation>Prozesse werden über das Netz nur verschlüsselt beobachtet: Schreiben Sie tls://host:port statt %1.</translation>
    </message>
    <message>
        <source>%1 does not accept the token: it must be the one that was given to the process there.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>%1 nimmt das Token nicht an: Es muss das sein, das der Prozess dort bekommen hat.</translation>
    </message>
    <message>
        <source>%1 is watched by as many monitors as it allows.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>%1 wird schon von so vielen Monitoren beobachtet, wie es erlaubt.</translation>
    </message>
    <message>
        <source>%1 has not shown that it has the token: somebody else answers there, or its token is another one.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>%1 hat nicht gezeigt, dass es das Token hat: Dort antwortet jemand anderes, oder sein Token ist ein anderes.</translation>
    </message>
    <message>
        <source>Monitors are awaited on the network with encryption only: write tls://host:port instead of %1.</source>
        <extracomment>%1 is an address that the user gave</extracomment>
        <translation>Monitore werden im Netz nur verschlüsselt erwartet: Schreiben Sie tls://host:port statt %1.</translation>
    </message>
    <message>
        <source>To await monitors on %1 a certificate and its private key are needed.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>Um auf %1 Monitore zu erwarten, braucht es ein Zertifikat und seinen privaten Schlüssel.</translation>
    </message>
    <message>
        <source>This program was built without support for encrypted files.</source>
        <translation>Dieses Programm wurde ohne Unterstützung für verschlüsselte Dateien gebaut.</translation>
    </message>
    <message>
        <source>A storage key must be %1 random bytes, or their base64.</source>
        <extracomment>%1 is a number</extracomment>
        <translation>Ein Speicherschlüssel muss aus %1 zufälligen Bytes bestehen, oder aus deren Base64.</translation>
    </message>
    <message>
        <source>%1 is not encrypted, but a key was given. Go on without a key, or begin in another directory.</source>
        <extracomment>%1 is the path of a file</extracomment>
        <translation>%1 ist nicht verschlüsselt, obwohl ein Schlüssel angegeben wurde. Fahren Sie ohne Schlüssel fort, oder beginnen Sie in einem anderen Ordner.</translation>
    </message>
    <message>
        <source>%1 is not encrypted, but a key was given. Let its messages be delivered without a key first, or begin in another directory.</source>
        <extracomment>%1 is the path of a file</extracomment>
        <translation>%1 ist nicht verschlüsselt, obwohl ein Schlüssel angegeben wurde. Lassen Sie zuerst ohne Schlüssel die Nachrichten darin zustellen, oder beginnen Sie in einem anderen Ordner.</translation>
    </message>
    <message>
        <source>%1 is damaged, or not encrypted although a key was given.</source>
        <extracomment>%1 is the path of a file</extracomment>
        <translation>%1 ist beschädigt, oder nicht verschlüsselt, obwohl ein Schlüssel angegeben wurde.</translation>
    </message>
    <message>
        <source>The payload cannot be decrypted: its file was changed or cannot be read.</source>
        <translation>Der Inhalt kann nicht entschlüsselt werden: seine Datei wurde verändert oder kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Storing has failed and is not tried any more: %1 Nothing is lost. When the reason is gone, start the program again, or call retry() in it.</source>
        <extracomment>%1 is the reason, a whole sentence</extracomment>
        <translation>Das Speichern ist gescheitert und wird nicht mehr wiederholt: %1 Nichts ist verloren. Starten Sie das Programm neu, wenn die Ursache behoben ist, oder rufen Sie darin retry() auf.</translation>
    </message>
    <message>
        <source>The certificate of %1 is signed by itself, which proves nothing: if you know it to be the right one, add it to the authorities that are believed (caCertificates).</source>
        <extracomment>%1 is an address</extracomment>
        <translation>Das Zertifikat von %1 hat sich selbst unterschrieben, was nichts beweist: Wenn Sie wissen, dass es das richtige ist, fügen Sie es den Stellen hinzu, denen geglaubt wird (caCertificates).</translation>
    </message>
    <message>
        <source>The certificate of %1 comes from %2, which is not believed here: add the certificate of that authority to those that are (caCertificates), or let the peer send those in between too.</source>
        <extracomment>%1 is an address, %2 the name of a certificate authority</extracomment>
        <translation>Das Zertifikat von %1 kommt von %2, der hier nicht geglaubt wird: Fügen Sie das Zertifikat dieser Stelle denen hinzu, denen geglaubt wird (caCertificates), oder lassen Sie die Gegenseite auch die dazwischen senden.</translation>
    </message>
    <message>
        <source>There is not enough locked memory to keep the storage keys in: allow the program more of it (ulimit -l, LimitMEMLOCK).</source>
        <translation>Für die Speicherschlüssel gibt es nicht genug gesperrten Arbeitsspeicher: Erlauben Sie dem Programm mehr davon (ulimit -l, LimitMEMLOCK).</translation>
    </message>
    <message>
        <source>%1 is encrypted with the key %2, which was not given: give that one as well, as an older key if it is one.</source>
        <extracomment>%1 is the path of a file, %2 the id of a key</extracomment>
        <translation>%1 ist mit dem Schlüssel %2 verschlüsselt, der nicht angegeben wurde: Geben Sie auch diesen an, als älteren Schlüssel, wenn er einer ist.</translation>
    </message>
    <message>
        <source>It is not said where the secret is, or there is no store to ask for it.</source>
        <translation>Es ist nicht gesagt, wo das Geheimnis ist, oder es gibt keinen Speicher, der danach gefragt werden kann.</translation>
    </message>
    <message>
        <source>There is no secret in %1: the file is empty.</source>
        <extracomment>%1 is the name of a file</extracomment>
        <translation>In %1 ist kein Geheimnis: die Datei ist leer.</translation>
    </message>
    <message>
        <source>There is no secret in the environment variable %1.</source>
        <extracomment>%1 is the name of an environment variable</extracomment>
        <translation>In der Umgebungsvariablen %1 ist kein Geheimnis.</translation>
    </message>
    <message>
        <source>A secret is in keychain:NAME, file:PATH or env:VARIABLE.</source>
        <translation>Ein Geheimnis ist in keychain:NAME, file:PFAD oder env:VARIABLE.</translation>
    </message>
</context>
</TS>
