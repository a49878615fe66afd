<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>Cli</name>
    <message>
        <source>%1 left</source>
        <extracomment>%1 is minutes and seconds</extracomment>
        <translation>بقي %1</translation>
    </message>
</context>
<context>
    <name>Cli::Command</name>
    <message>
        <source>The summary cannot be written.</source>
        <translation>تعذّرت كتابة الملخّص.</translation>
    </message>
    <message>
        <source>%1 messages, %2/s, %3 in flight, %4</source>
        <extracomment>%1 and %3 are numbers of messages, %2 is messages per second, %4 the state of the link</extracomment>
        <translation>%1 رسالة، %2/ث، %3 في الطريق، %4</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>متصل</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>غير متصل</translation>
    </message>
</context>
<context>
    <name>Cli::Endpoint</name>
    <message>
        <source>&apos;%1&apos; is not an address; write tcp://host:port or local:name.</source>
        <translation>&apos;%1&apos; ليس عنوانًا؛ اكتب tcp://host:port أو local:name.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be written: %2.</source>
        <translation>تعذّرت كتابة &apos;%1&apos;: %2.</translation>
    </message>
    <message>
        <source>%1 Trying again.</source>
        <extracomment>%1 is a sentence that says why there is no connection</extracomment>
        <translation>%1 تُعاد المحاولة.</translation>
    </message>
</context>
<context>
    <name>Cli::FileSender</name>
    <message>
        <source>%1 is not a file.</source>
        <translation>%1 ليس ملفًا.</translation>
    </message>
    <message>
        <source>%1 does not exist.</source>
        <translation>%1 غير موجود.</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>تعذّرت قراءة %1.</translation>
    </message>
    <message>
        <source>%1 cannot be sent: %2</source>
        <extracomment>%1 is a file, %2 a sentence</extracomment>
        <translation>تعذّر إرسال %1: %2</translation>
    </message>
    <message numerus="yes">
        <source>Interrupted; %1 of %n file(s) are confirmed.</source>
        <translation>
            <numerusform>قُطع العمل؛ أُكّد %1 من %n ملف.</numerusform>
            <numerusform>قُطع العمل؛ أُكّد %1 من ملف واحد.</numerusform>
            <numerusform>قُطع العمل؛ أُكّد %1 من ملفين.</numerusform>
            <numerusform>قُطع العمل؛ أُكّد %1 من %n ملفات.</numerusform>
            <numerusform>قُطع العمل؛ أُكّد %1 من %n ملفًا.</numerusform>
            <numerusform>قُطع العمل؛ أُكّد %1 من %n ملف.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Interrupted; %n message(s) wait for the same command to go on.</source>
        <translation>
            <numerusform>قُطع العمل؛ لا رسائل تنتظر الأمر نفسه (%n).</numerusform>
            <numerusform>قُطع العمل؛ رسالة واحدة تنتظر أن يتابع الأمر نفسه.</numerusform>
            <numerusform>قُطع العمل؛ رسالتان تنتظران أن يتابع الأمر نفسه.</numerusform>
            <numerusform>قُطع العمل؛ %n رسائل تنتظر أن يتابع الأمر نفسه.</numerusform>
            <numerusform>قُطع العمل؛ %n رسالة تنتظر أن يتابع الأمر نفسه.</numerusform>
            <numerusform>قُطع العمل؛ %n رسالة تنتظر أن يتابع الأمر نفسه.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Cli::LineReader</name>
    <message>
        <source>&apos;%1&apos; is a directory.</source>
        <translation>&apos;%1&apos; دليل.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be read: %2.</source>
        <translation>تعذّرت قراءة &apos;%1&apos;: %2.</translation>
    </message>
    <message>
        <source>standard input</source>
        <translation>الدخل القياسي</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <extracomment>a file name, and the number of a line in it</extracomment>
        <translation>%1، السطر %2</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>تعذّرت قراءة %1: %2.</translation>
    </message>
    <message>
        <source>%1 is longer than %2 bytes, the most that one message may have.</source>
        <translation>%1 أطول من %2 بايت، وهو أكبر حجم لرسالة واحدة.</translation>
    </message>
</context>
<context>
    <name>Cli::LineWriter</name>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>تعذّرت كتابة %1: %2.</translation>
    </message>
    <message>
        <source>%1 is not a file.</source>
        <translation>%1 ليس ملفًا.</translation>
    </message>
    <message>
        <source>%1 is shorter than what was written to it before.</source>
        <translation>%1 أقصر مما كُتب فيه من قبل.</translation>
    </message>
    <message>
        <source>Nobody reads standard output any more.</source>
        <translation>لم يعد أحد يقرأ الخرج القياسي.</translation>
    </message>
    <message>
        <source>Standard output cannot be written: %1.</source>
        <translation>تعذّرت كتابة الخرج القياسي: %1.</translation>
    </message>
</context>
<context>
    <name>Cli::Receiver</name>
    <message>
        <source>The sender was not reached any more to confirm the last messages.</source>
        <translation>لم يعد بالإمكان بلوغ المرسِل لتأكيد الرسائل الأخيرة.</translation>
    </message>
    <message>
        <source>%1 cannot be written to the disk: %2.</source>
        <extracomment>%1 is a file, %2 the system&apos;s reason</extracomment>
        <translation>تعذّرت كتابة %1 على القرص: %2.</translation>
    </message>
    <message>
        <source>Another receiver has taken the flow &apos;%1&apos;.</source>
        <translation>تولّى مستقبِل آخر التدفّق &apos;%1&apos;.</translation>
    </message>
</context>
<context>
    <name>Cli::Sender</name>
    <message>
        <source>The input is shorter than what was sent of it before; for another input use another folder with --durable.</source>
        <translation>الدخل أقصر مما أُرسل منه من قبل؛ لدخل آخر استخدم مجلدًا آخر مع --durable.</translation>
    </message>
    <message>
        <source>%1 is not what was sent before; for another input use another folder with --durable.</source>
        <extracomment>%1 is a file and a line number</extracomment>
        <translation>%1 ليس ما أُرسل من قبل؛ لدخل آخر استخدم مجلدًا آخر مع --durable.</translation>
    </message>
    <message>
        <source>%1 cannot be sent: %2</source>
        <extracomment>%1 is a file and a line number, %2 a sentence</extracomment>
        <translation>تعذّر إرسال %1: %2</translation>
    </message>
    <message numerus="yes">
        <source>Interrupted; %n message(s) wait for the same command to go on.</source>
        <translation>
            <numerusform>قُطع العمل؛ لا رسائل تنتظر الأمر نفسه (%n).</numerusform>
            <numerusform>قُطع العمل؛ رسالة واحدة تنتظر أن يتابع الأمر نفسه.</numerusform>
            <numerusform>قُطع العمل؛ رسالتان تنتظران أن يتابع الأمر نفسه.</numerusform>
            <numerusform>قُطع العمل؛ %n رسائل تنتظر أن يتابع الأمر نفسه.</numerusform>
            <numerusform>قُطع العمل؛ %n رسالة تنتظر أن يتابع الأمر نفسه.</numerusform>
            <numerusform>قُطع العمل؛ %n رسالة تنتظر أن يتابع الأمر نفسه.</numerusform>
        </translation>
    </message>
    <message>
        <source>Interrupted; %1 of the %2 messages that were sent are confirmed.</source>
        <translation>قُطع العمل؛ أُكّد %1 من الرسائل المرسَلة وعددها %2.</translation>
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
        <translation>الاستخدام: qtdelivery top [--once]
يعرض تدفّقات كل عمليات هذا المستخدم التي شُغّلت مع
QTDELIVERY_MONITOR=1، ولماذا لا تتحرّك. ينهيه &apos;q&apos;.

الخيارات:
  --once      يطبع الجدول مرة واحدة، كما يفعل إن لم يكن الخرج القياسي طرفية.
  -h, --help  يعرض هذا النص.
</translation>
    </message>
    <message>
        <source>%1 nodes, %2 flows</source>
        <extracomment>%1 is a number of nodes, %2 of ends of flows</extracomment>
        <translation>العقد: %1، التدفّقات: %2</translation>
    </message>
    <message>
        <source>No process can be watched: start one with QTDELIVERY_MONITOR=1.</source>
        <translation>لا توجد عملية يمكن مراقبتها: شغّل واحدة مع QTDELIVERY_MONITOR=1.</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>The name of the flow; &apos;*&apos; receives all.</source>
        <translation>اسم التدفّق؛ &apos;*&apos; يستقبل الكل.</translation>
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
        <translation>يتصل بالجانب الآخر عند URL، ويعيد الاتصال كلما فُقدت الوصلة.</translation>
    </message>
    <message>
        <source>DIR</source>
        <translation>DIR</translation>
    </message>
    <message>
        <source>With --into: replaces files that are there already.</source>
        <translation>مع --into: يستبدل الملفات الموجودة.</translation>
    </message>
    <message>
        <source>Sends no more than BYTES of payload per second; K, M, G multiply by 1024, 1024² and 1024³.</source>
        <translation>لا يرسل أكثر من BYTES من الحمولة في الثانية؛ K وM وG تضرب في 1024 و1024² و1024³.</translation>
    </message>
    <message>
        <source>BYTES[K|M|G]</source>
        <translation>BYTES[K|M|G]</translation>
    </message>
    <message>
        <source>Stores each message in the folder DIR before it is sent. After whatever has ended it, the same command goes on: what was stored is sent, and of the files what was not. (Standard input cannot be read again: all of it is new.)</source>
        <translation>يخزّن كل رسالة في المجلد DIR قبل إرسالها. ومهما كان ما أنهاه، يتابع الأمر نفسه: يُرسَل ما خُزّن، ومن الملفات ما لم يُخزَّن. (لا يمكن قراءة الدخل القياسي ثانيةً: كل ما فيه جديد.)</translation>
    </message>
    <message>
        <source>&apos;send&apos;: as --durable, in the database CONNECTION; &apos;receive&apos;: as --progress. sqlite:/path/file.db, or postgresql://user@host/database.</source>
        <translation>&apos;send&apos;: مثل --durable، في قاعدة البيانات CONNECTION؛ &apos;receive&apos;: مثل --progress. ‏sqlite:/path/file.db، أو postgresql://user@host/database.</translation>
    </message>
    <message>
        <source>CONNECTION</source>
        <translation>CONNECTION</translation>
    </message>
    <message>
        <source>Remembers in the folder DIR what was received. The same command is not given it again.</source>
        <translation>يتذكّر في المجلد DIR ما استُلم. فلا يُعطاه الأمر نفسه ثانيةً.</translation>
    </message>
    <message>
        <source>With --progress: writes to FILE instead of standard output. Its length is remembered too, and what was written beyond it is cut off at the next start, so that the file has every message once, whatever was killed or lost its power. (On standard output a kill may repeat what was written and not yet remembered.)</source>
        <translation>مع --progress: يكتب إلى FILE بدلًا من الخرج القياسي. ويُحفظ طوله أيضًا، وما كُتب بعده يُقطع عند البدء التالي، فيحوي الملف كل رسالة مرة واحدة، مهما كان ما قُتل أو انقطعت عنه الكهرباء. (على الخرج القياسي قد يكرّر القتل ما كُتب ولم يُحفظ بعد.)</translation>
    </message>
    <message>
        <source>FILE</source>
        <translation>FILE</translation>
    </message>
    <message>
        <source>Ends after N messages, when they are confirmed.</source>
        <translation>ينتهي بعد N رسالة، عند تأكيدها.</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>Ends after SECONDS without a message.</source>
        <translation>ينتهي بعد SECONDS ثانية دون رسالة.</translation>
    </message>
    <message>
        <source>SECONDS</source>
        <translation>SECONDS</translation>
    </message>
    <message>
        <source>F</source>
        <translation>F</translation>
    </message>
    <message>
        <source>Prints a summary at the end: messages, bytes, seconds, resent, duplicatesDropped, reconnects. &apos;send&apos; prints it on standard output, &apos;receive&apos; on standard error because its standard output carries the messages.</source>
        <translation>يطبع ملخّصًا في النهاية: messages, bytes, seconds, resent, duplicatesDropped, reconnects. يطبعه &apos;send&apos; على الخرج القياسي، و&apos;receive&apos; على خرج الأخطاء القياسي لأن خرجه القياسي يحمل الرسائل.</translation>
    </message>
    <message>
        <source>Tells on standard error what happens in the protocol.</source>
        <translation>يخبر على خرج الأخطاء القياسي بما يجري في البروتوكول.</translation>
    </message>
    <message>
        <source>Shows this text.</source>
        <translation>يعرض هذا النص.</translation>
    </message>
    <message>
        <source>Shows the version.</source>
        <translation>يعرض النسخة.</translation>
    </message>
    <message>
        <source>Files to send, &apos;-&apos; is standard input, the default.</source>
        <translation>الملفات المراد إرسالها، و&apos;-&apos; هو الدخل القياسي، وهو الافتراضي.</translation>
    </message>
    <message>
        <source>[FILE…]</source>
        <translation>[FILE…]</translation>
    </message>
    <message>
        <source>Sends each line of the files, or with --file each file, as one message of a flow
and ends when all of them are confirmed.</source>
        <translation>يرسل كل سطر من الملفات، أو مع --file كل ملف، رسالةً واحدة من تدفّق،
وينتهي عند تأكيدها كلها.</translation>
    </message>
    <message>
        <source>Writes each message of a flow as one line to standard output, and confirms it when
it is written. Without --count and --idle-exit it ends with Ctrl-C.

With --flow &apos;*&apos; it takes every flow that is offered and writes the name of the flow
and a tab before each message.</source>
        <translation>يكتب كل رسالة من تدفّق سطرًا واحدًا على الخرج القياسي، ويؤكّدها عند
كتابتها. دون --count و--idle-exit ينتهي بـ Ctrl-C.

مع --flow &apos;*&apos; يأخذ كل تدفّق يُعرض ويكتب اسم التدفّق
وعلامة جدولة قبل كل رسالة.</translation>
    </message>
    <message>
        <source>Unknown option &apos;%1&apos;.</source>
        <translation>خيار غير معروف &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>Unknown command &apos;%1&apos;.</source>
        <translation>أمر غير معروف &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>Usage: qtdelivery send --flow NAME (--listen URL | --connect URL) [options] [FILE…]</source>
        <translation>الاستخدام: qtdelivery send --flow NAME (--listen URL | --connect URL) [options] [FILE…]</translation>
    </message>
    <message>
        <source>Usage: qtdelivery receive --flow NAME (--listen URL | --connect URL) [options]</source>
        <translation>الاستخدام: qtdelivery receive --flow NAME (--listen URL | --connect URL) [options]</translation>
    </message>
    <message>
        <source>--flow is missing.</source>
        <translation>الخيار --flow مفقود.</translation>
    </message>
    <message>
        <source>--flow can be given only once.</source>
        <translation>لا يُعطى --flow إلا مرة واحدة.</translation>
    </message>
    <message>
        <source>The name of a flow has 1 to 255 bytes and no control characters.</source>
        <translation>يتكوّن اسم التدفّق من 1 إلى 255 بايت دون محارف تحكّم.</translation>
    </message>
    <message>
        <source>Exactly one --listen or --connect is needed.</source>
        <translation>يلزم واحد بالضبط من --listen و--connect.</translation>
    </message>
    <message>
        <source>--port-file needs the name of a file.</source>
        <translation>يحتاج --port-file إلى اسم ملف.</translation>
    </message>
    <message>
        <source>A flow that is sent cannot be named &apos;*&apos;.</source>
        <translation>لا يمكن تسمية تدفّق مرسَل &apos;*&apos;.</translation>
    </message>
    <message>
        <source>--limit-rate needs a number of bytes, such as 500, 100K or 2M, not &apos;%1&apos;.</source>
        <translation>يحتاج --limit-rate إلى عدد من البايتات، مثل 500 أو 100K أو 2M، لا &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>--durable needs the name of a folder.</source>
        <translation>يحتاج --durable إلى اسم مجلد.</translation>
    </message>
    <message>
        <source>Only one of --durable and --durable-sql can be given.</source>
        <translation>لا يُعطى إلا واحد من --durable و--durable-sql.</translation>
    </message>
    <message>
        <source>--file needs the name of a file.</source>
        <translation>يحتاج --file إلى اسم ملف.</translation>
    </message>
    <message>
        <source>&apos;receive&apos; takes no file: &apos;%1&apos;.</source>
        <translation>لا يأخذ &apos;receive&apos; ملفًا: &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>Only one of --count and --idle-exit can be given.</source>
        <translation>لا يُعطى إلا واحد من --count و--idle-exit.</translation>
    </message>
    <message>
        <source>--count needs a number of messages, not &apos;%1&apos;.</source>
        <translation>يحتاج --count إلى عدد من الرسائل، لا &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>--idle-exit needs a number of seconds, such as 2 or 0.5, not &apos;%1&apos;.</source>
        <translation>يحتاج --idle-exit إلى عدد من الثواني، مثل 2 أو 0.5، لا &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>--progress needs the name of a folder.</source>
        <translation>يحتاج --progress إلى اسم مجلد.</translation>
    </message>
    <message>
        <source>Only one of --progress and --durable-sql can be given.</source>
        <translation>لا يُعطى إلا واحد من --progress و--durable-sql.</translation>
    </message>
    <message>
        <source>Progress needs the name of one flow.</source>
        <translation>يحتاج التقدّم إلى اسم تدفّق واحد.</translation>
    </message>
    <message>
        <source>--out needs the name of a file.</source>
        <translation>يحتاج --out إلى اسم ملف.</translation>
    </message>
    <message>
        <source>--out needs --progress or --durable-sql.</source>
        <translation>يحتاج --out إلى --progress أو --durable-sql.</translation>
    </message>
    <message>
        <source>--into needs the name of a folder.</source>
        <translation>يحتاج --into إلى اسم مجلد.</translation>
    </message>
    <message>
        <source>Only one of --into and --out can be given.</source>
        <translation>لا يُعطى إلا واحد من --into و--out.</translation>
    </message>
    <message>
        <source>--force needs --into.</source>
        <translation>يحتاج --force إلى --into.</translation>
    </message>
    <message>
        <source>Try &apos;%1&apos;.</source>
        <translation>جرّب &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>Say what to do: &apos;send&apos;, &apos;receive&apos;, &apos;journal&apos;, &apos;metrics&apos;, &apos;top&apos;, &apos;credentials&apos; or &apos;doctor&apos;.</source>
        <translation>حدد المطلوب: &apos;send&apos; أو &apos;receive&apos; أو &apos;journal&apos; أو &apos;metrics&apos; أو &apos;top&apos; أو &apos;credentials&apos; أو &apos;doctor&apos;.</translation>
    </message>
    <message>
        <source>Waits for the other side at URL: tcp://address:port or tls://address:port, where port 0 is any that is free, or local:name.</source>
        <translation>ينتظر الطرف الآخر على URL: ‏tcp://address:port أو tls://address:port، حيث المنفذ 0 أي منفذ حر، أو local:name.</translation>
    </message>
    <message>
        <source>For tls: addresses: the certificate of this side, and those between it and its authority, as PEM.</source>
        <translation>لعناوين tls:‎ شهادة هذا الطرف وما بينها وبين جهة تصديقها، بصيغة PEM.</translation>
    </message>
    <message>
        <source>The private key of --tls-cert, as PEM.</source>
        <translation>المفتاح الخاص لـ --tls-cert بصيغة PEM.</translation>
    </message>
    <message>
        <source>The authority that issues the certificate of the other side, as PEM. With --listen the other side must show one.</source>
        <translation>الجهة التي تصدر شهادة الطرف الآخر، بصيغة PEM. مع --listen يجب أن يُظهر الطرف الآخر شهادة.</translation>
    </message>
    <message>
        <source>The other side must have the key with this SHA-256, 64 hexadecimal digits. May be given more than once. Without --tls-ca nothing else of its certificate counts.</source>
        <translation>يجب أن يملك الطرف الآخر المفتاح ذا SHA-256 هذا، 64 رقمًا ستعشريًا. يمكن إعطاؤه أكثر من مرة. دون --tls-ca لا يُنظر إلى شيء آخر من شهادته.</translation>
    </message>
    <message>
        <source>DIGITS</source>
        <translation>أرقام</translation>
    </message>
    <message>
        <source>SOURCE</source>
        <translation>مصدر</translation>
    </message>
    <message>
        <source>Lets in whoever comes from other machines, and uses tcp: addresses beyond this one, where everybody on the way can read and change what is said.</source>
        <translation>يُدخل كل من يأتي من أجهزة أخرى، ويستعمل عناوين tcp:‎ خارج هذا الجهاز، حيث يستطيع كل من في الطريق قراءة ما يقال وتغييره.</translation>
    </message>
    <message>
        <source>Writes the port of a tcp: or tls: address of --listen to F.</source>
        <translation>يكتب منفذ عنوان tcp: أو tls: الخاص بـ --listen في F.</translation>
    </message>
    <message>
        <source>--port-file needs --listen with a tcp: or tls: address.</source>
        <translation>يحتاج --port-file إلى --listen مع عنوان tcp: أو tls:.</translation>
    </message>
    <message>
        <source>--tls-cert and --tls-key belong together.</source>
        <translation>--tls-cert و --tls-key متلازمان.</translation>
    </message>
    <message>
        <source>--pin needs 64 hexadecimal digits, not &apos;%1&apos;.</source>
        <translation>يحتاج --pin إلى 64 رقمًا ستعشريًا، وليس «%1».</translation>
    </message>
    <message>
        <source>Both sides must have the same secret. It is in the keychain (keychain:NAME, kept there by &apos;qtdelivery credentials set NAME&apos;), in a file (file:PATH) or in an environment variable (env:NAME).</source>
        <translation>يجب أن يكون لدى الطرفين السر نفسه. وهو في سلسلة المفاتيح (keychain:NAME، يُحفظ فيها بالأمر &apos;qtdelivery credentials set NAME&apos;)، أو في ملف (file:PATH)، أو في متغير بيئة (env:NAME).</translation>
    </message>
    <message>
        <source>--secret-from needs keychain:NAME, file:PATH or env:NAME.</source>
        <translation>يحتاج --secret-from إلى keychain:NAME أو file:PATH أو env:NAME.</translation>
    </message>
    <message>
        <source>Sends each FILE as one message, with its name, however long it is. The files must stay as they are until the end, or with --durable until they are stored.</source>
        <translation>يرسل كل FILE رسالةً واحدة، باسمه ومهما كان طوله. يجب أن تبقى الملفات كما هي حتى النهاية، أو مع --durable حتى تُخزَّن.</translation>
    </message>
    <message>
        <source>Writes each message of &apos;send --file&apos; to a file in the folder DIR, under the name that the sender gives: when it is complete and verified, then it is confirmed. After whatever has ended it, the same command goes on where a file was cut off, if the sender has not been ended as well, or has --durable.</source>
        <translation>يكتب كل رسالة من &apos;send --file&apos; في ملف في المجلد DIR، بالاسم الذي يعطيه المرسِل: فإذا اكتملت وتُحقِّق منها أُكّدت. ومهما كان ما أنهاه، يتابع الأمر نفسه من حيث انقطع الملف، ما لم يكن المرسِل قد أُنهي أيضًا، أو كان معه --durable.</translation>
    </message>
    <message>
        <source>--file does not go with --durable-sql.</source>
        <translation>لا يجتمع --file مع --durable-sql.</translation>
    </message>
    <message>
        <source>Packs messages with zstd while they travel, where that makes them shorter.</source>
        <translation>يضغط الرسائل بـ zstd أثناء انتقالها، حيث يجعلها ذلك أقصر.</translation>
    </message>
    <message>
        <source>Lets &apos;qtdelivery-monitor --connect&apos; watch from other machines, at URL: tls://address:port. Needs --tls-cert, --tls-key and a token.</source>
        <translation>يسمح لـ &apos;qtdelivery-monitor --connect&apos; بالمراقبة من أجهزة أخرى عند URL: tls://address:port. يحتاج إلى --tls-cert و --tls-key ورمز.</translation>
    </message>
    <message>
        <source>Where the token is that monitors must have, too: as --secret-from.</source>
        <translation>مكان الرمز الذي يجب أن يكون لدى المراقبين أيضًا: كما في --secret-from.</translation>
    </message>
    <message>
        <source>--monitor-listen and --monitor-token-from belong together.</source>
        <translation>يُستعمل --monitor-listen و --monitor-token-from معًا.</translation>
    </message>
    <message>
        <source>--monitor-listen needs a tls: address, and --tls-cert and --tls-key.</source>
        <translation>يحتاج --monitor-listen إلى عنوان tls: وإلى --tls-cert و --tls-key.</translation>
    </message>
    <message>
        <source>--monitor-token-from needs keychain:NAME, file:PATH or env:NAME.</source>
        <translation>يحتاج --monitor-token-from إلى keychain:NAME أو file:PATH أو env:NAME.</translation>
    </message>
    <message>
        <source>Encrypts what is stored in DIR, and what is arriving for --into, with a key of 32 random bytes, or their base64: in the keychain (keychain:NAME), in a file (file:PATH) or in an environment variable (env:NAME). May be given more than once: the first is for what is new, the others are former keys, for what was stored with them.</source>
        <translation>يعمّي ما يُخزَّن في DIR، وما يصل لأجل --into، بمفتاح من 32 بايتًا عشوائيًا أو من ترميزها base64: في سلسلة المفاتيح (keychain:NAME)، أو في ملف (file:PATH)، أو في متغير بيئة (env:NAME). ويجوز تكراره: فالأول لما هو جديد، والأخرى مفاتيح سابقة لما خُزّن بها.</translation>
    </message>
    <message>
        <source>--storage-key-from needs --durable.</source>
        <translation>يحتاج --storage-key-from إلى --durable.</translation>
    </message>
    <message>
        <source>--storage-key-from needs --progress or --into, without --durable-sql.</source>
        <translation>يحتاج --storage-key-from إلى --progress أو --into دون --durable-sql.</translation>
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
        <translation>الاستخدام: qtdelivery send --flow NAME (--listen URL | --connect URL) [options] [FILE…]
       qtdelivery receive --flow NAME (--listen URL | --connect URL) [options]
       qtdelivery journal verify|dump DIR [--key-from SOURCE]
       qtdelivery metrics
       qtdelivery top [--once]
       qtdelivery credentials set|list|remove [NAME]
       qtdelivery doctor
ينقل أسطر نص، أو أي بايتات، من عملية إلى أخرى: بالترتيب، وكلًّا منها مرة واحدة،
مهما تكرّر فقدان الوصلة في الطريق. ينظر &apos;journal&apos; في مجلد &apos;send --durable&apos;
دون تغييره؛ ويعرض &apos;metrics&apos; و&apos;top&apos; تدفّقات العمليات الجارية
التي شُغّلت مع QTDELIVERY_MONITOR=1.
يحفظ &apos;credentials&apos; الأسرار؛ ويقول &apos;doctor&apos; ما بهذا الجهاز من خلل.

الخيارات:
  -h, --help     يعرض هذا النص؛ والمزيد في &apos;qtdelivery send --help&apos;
                 و&apos;qtdelivery receive --help&apos;.
  -v, --version  يعرض النسخة.

مثال، في طرفيتين:
  qtdelivery receive --flow notes --listen tcp://127.0.0.1:4711
  qtdelivery send --flow notes --connect tcp://127.0.0.1:4711 notes.txt

رمز الخروج: 0 تمّ، 1 فشل، 2 استخدام خاطئ، 130 بعد Ctrl-C، ‏143 بعد SIGTERM.
</translation>
    </message>
    <message>
        <source>Where the passphrase of --tls-key is, if it has one: as --secret-from.</source>
        <translation>مكان عبارة مرور --tls-key إن كانت له: مثل --secret-from.</translation>
    </message>
    <message>
        <source>--tls-key-passphrase-from needs --tls-key, and keychain:NAME, file:PATH or env:NAME.</source>
        <translation>يحتاج --tls-key-passphrase-from إلى --tls-key وإلى keychain:NAME أو file:PATH أو env:NAME.</translation>
    </message>
</context>
<context>
    <name>CredentialReader</name>
    <message>
        <source>The keychain has no secret named &apos;%1&apos;. &apos;qtdelivery credentials set %1&apos; keeps one there, &apos;qtdelivery credentials list&apos; shows which there are.</source>
        <extracomment>%1 is the name of a credential</extracomment>
        <translation>لا يوجد في سلسلة المفاتيح سر باسم &apos;%1&apos;. يحفظ الأمر &apos;qtdelivery credentials set %1&apos; سرًا فيها، ويعرض الأمر &apos;qtdelivery credentials list&apos; الموجود منها.</translation>
    </message>
</context>
<context>
    <name>Credentials</name>
    <message>
        <source>Try &apos;%1&apos;.</source>
        <translation>جرّب &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>Say what to do: &apos;set&apos;, &apos;list&apos; or &apos;remove&apos;.</source>
        <translation>حدد المطلوب: &apos;set&apos; أو &apos;list&apos; أو &apos;remove&apos;.</translation>
    </message>
    <message>
        <source>The name of the credential is missing.</source>
        <translation>اسم بيانات الاعتماد ناقص.</translation>
    </message>
    <message>
        <source>A secret is not given on the command line, where others could read it: it is typed, or read from standard input.</source>
        <translation>لا يُعطى السر في سطر الأوامر حيث يمكن لغيرك قراءته: يُكتب أو يُقرأ من الدخل القياسي.</translation>
    </message>
    <message>
        <source>There is a word too many: &apos;%1&apos;.</source>
        <translation>هنا كلمة زائدة: &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>--store needs &apos;keychain&apos; or &apos;file:PATH&apos;, not &apos;%1&apos;.</source>
        <translation>يحتاج ‎--store إلى &apos;keychain&apos; أو &apos;file:PATH&apos; لا إلى &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>--passphrase-from needs --store file:PATH.</source>
        <translation>يحتاج ‎--passphrase-from إلى ‎--store file:PATH.</translation>
    </message>
    <message>
        <source>--passphrase-from needs &apos;file:PATH&apos; or &apos;env:VARIABLE&apos;.</source>
        <translation>يحتاج ‎--passphrase-from إلى &apos;file:PATH&apos; أو &apos;env:VARIABLE&apos;.</translation>
    </message>
    <message>
        <source>%1 has no passphrase in it.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>ليس في %1 عبارة مرور.</translation>
    </message>
    <message>
        <source>Passphrase of %1: </source>
        <extracomment>%1 is a file; the question is followed by what is typed</extracomment>
        <translation>عبارة مرور %1: </translation>
    </message>
    <message>
        <source>A file of credentials needs a passphrase.</source>
        <translation>ملف بيانات الاعتماد يحتاج إلى عبارة مرور.</translation>
    </message>
    <message>
        <source>The file is new. The same passphrase again: </source>
        <extracomment>the question is followed by what is typed</extracomment>
        <translation>الملف جديد. عبارة المرور نفسها مرة أخرى: </translation>
    </message>
    <message>
        <source>These were two different passphrases.</source>
        <translation>هاتان عبارتا مرور مختلفتان.</translation>
    </message>
    <message>
        <source>Secret for &quot;%1&quot;: </source>
        <extracomment>%1 is the name of a credential; the question is followed by what is typed</extracomment>
        <translation>السر الخاص بـ &quot;%1&quot;: </translation>
    </message>
    <message>
        <source>Standard input cannot be read.</source>
        <translation>تتعذر قراءة الدخل القياسي.</translation>
    </message>
    <message>
        <source>There was no secret to be read.</source>
        <translation>لم يوجد سر لقراءته.</translation>
    </message>
    <message>
        <source>There is no terminal to ask for the passphrase; --passphrase-from says where it is.</source>
        <translation>لا توجد طرفية للسؤال عن عبارة المرور؛ يحدد ‎--passphrase-from مكانها.</translation>
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
        <translation>الاستعمال: qtdelivery credentials set NAME [options]
           qtdelivery credentials list [options]
           qtdelivery credentials remove NAME [options]
يحفظ الأسرار ككلمات المرور والمفاتيح بأسماء. يسأل &apos;set&apos; عن السر أو
يقرؤه من الدخل القياسي، حتى 64 كيبيبايت، دون نهاية السطر في آخره.

الخيارات:
  --store STORE             المكان: &apos;keychain&apos; سلسلة مفاتيح سطح المكتب وهو المبدئي، أو
                            &apos;file:PATH&apos; ملف معمّى بعبارة مرور.
  --passphrase-from SOURCE  مكان عبارة مرور الملف: &apos;file:PATH&apos; أو
                            &apos;env:VARIABLE&apos;. بدونه يُسأل عنها.

أمثلة:
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
        <translation>لا شيء يحتاج إلى إصلاح.</translation>
    </message>
    <message numerus="yes">
        <source>%n things need mending.</source>
        <translation>
            <numerusform>لا شيء يحتاج إلى إصلاح (%n).</numerusform>
            <numerusform>شيء واحد يحتاج إلى إصلاح.</numerusform>
            <numerusform>شيئان يحتاجان إلى إصلاح.</numerusform>
            <numerusform>%n أشياء تحتاج إلى إصلاح.</numerusform>
            <numerusform>%n شيئًا يحتاج إلى إصلاح.</numerusform>
            <numerusform>%n شيء يحتاج إلى إصلاح.</numerusform>
        </translation>
    </message>
    <message>
        <source>Usage: qtdelivery doctor
Looks at what is needed of this machine - TLS, keychain, clock, directories - and says what
to mend. Changes nothing. Exit code: 0 nothing needs mending, 1 something does.
</source>
        <translation>الاستعمال: qtdelivery doctor
يفحص ما يلزم من هذا الجهاز - TLS وسلسلة المفاتيح والساعة والمجلدات - ويقول ما يجب
إصلاحه. لا يغيّر شيئًا. رمز الخروج: 0 لا شيء يحتاج إلى إصلاح، 1 شيء ما يحتاج.
</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>TLS: Qt has no TLS library that works. Install OpenSSL 3 and Qt&apos;s plugin for it (libqt6network6 has it on Debian).</source>
        <translation>TLS: ليس لدى Qt مكتبة TLS عاملة. ثبّت OpenSSL 3 وملحق Qt الخاص به (في ديبيان ضمن libqt6network6).</translation>
    </message>
    <message>
        <source>TLS: Qt found no OpenSSL and can only look at certificates, not encrypt. Install OpenSSL 3.</source>
        <translation>TLS: لم يجد Qt مكتبة OpenSSL ولا يستطيع إلا فحص الشهادات دون التعمية. ثبّت OpenSSL 3.</translation>
    </message>
    <message>
        <source>TLS: works, by %1 (%2).</source>
        <extracomment>%1 is the name of a library, %2 its version</extracomment>
        <translation>TLS: يعمل بواسطة %1 (%2).</translation>
    </message>
    <message numerus="yes">
        <source>Keychain: works, and holds %n credentials of this program.</source>
        <translation>
            <numerusform>سلسلة المفاتيح: تعمل ولا تحوي بيانات اعتماد لهذا البرنامج (%n).</numerusform>
            <numerusform>سلسلة المفاتيح: تعمل وتحوي بيان اعتماد واحدًا لهذا البرنامج.</numerusform>
            <numerusform>سلسلة المفاتيح: تعمل وتحوي بياني اعتماد لهذا البرنامج.</numerusform>
            <numerusform>سلسلة المفاتيح: تعمل وتحوي %n بيانات اعتماد لهذا البرنامج.</numerusform>
            <numerusform>سلسلة المفاتيح: تعمل وتحوي %n بيان اعتماد لهذا البرنامج.</numerusform>
            <numerusform>سلسلة المفاتيح: تعمل وتحوي %n بيان اعتماد لهذا البرنامج.</numerusform>
        </translation>
    </message>
    <message>
        <source>Keychain: %1</source>
        <extracomment>%1 is a sentence</extracomment>
        <translation>سلسلة المفاتيح: %1</translation>
    </message>
    <message>
        <source>Clock: it says %1, which cannot be. Certificates will seem not yet or no longer valid. Set it, or let it be set over the network.</source>
        <extracomment>%1 is a time</extracomment>
        <translation>الساعة: تشير إلى %1 وهذا غير ممكن. ستبدو الشهادات غير صالحة بعد أو منتهية. اضبطها أو دع الشبكة تضبطها.</translation>
    </message>
    <message>
        <source>Clock: it says %1, which can be.</source>
        <extracomment>%1 is a time</extracomment>
        <translation>الساعة: تشير إلى %1 وهذا ممكن.</translation>
    </message>
    <message>
        <source>Directory: %1 is no directory. Remove it.</source>
        <extracomment>%1 is a path</extracomment>
        <translation>المجلد: %1 ليس مجلدًا. احذفه.</translation>
    </message>
    <message>
        <source>Directory: %1 cannot be used, since nothing can be written to %2 (%3). Give this user the right to, or make room.</source>
        <extracomment>%1 and %2 are paths, %3 the system&apos;s reason</extracomment>
        <translation>المجلد: لا يمكن استعمال %1 لأنه لا يمكن الكتابة في %2 (%3). امنح هذا المستخدم الحق في ذلك أو وفّر مساحة.</translation>
    </message>
    <message>
        <source>Directory: others may enter %1. Forbid it: chmod 700 %1</source>
        <extracomment>%1 is a path</extracomment>
        <translation>المجلد: يمكن لغيرك دخول %1. امنع ذلك: chmod 700 %1</translation>
    </message>
    <message>
        <source>Directory: %1 can be made when it is needed.</source>
        <extracomment>%1 is a path</extracomment>
        <translation>المجلد: يمكن إنشاء %1 عند الحاجة.</translation>
    </message>
    <message>
        <source>Directory: %1 can be written to.</source>
        <extracomment>%1 is a path</extracomment>
        <translation>المجلد: يمكن الكتابة في %1.</translation>
    </message>
    <message>
        <source>Processes: none that can be watched. Those started with QTDELIVERY_MONITOR=1 can be.</source>
        <translation>العمليات: لا توجد عملية يمكن مراقبتها. يمكن مراقبة ما بدأ مع QTDELIVERY_MONITOR=1.</translation>
    </message>
    <message>
        <source>Processes that can be watched: %1.</source>
        <extracomment>%1 is a list of programs</extracomment>
        <translation>العمليات التي يمكن مراقبتها: %1.</translation>
    </message>
</context>
<context>
    <name>Journal</name>
    <message>
        <source>%1: %2 records, %3 of %4 bytes used%5</source>
        <translation>%1: عدد القيود %2، والمستخدَم %3 من %4 بايت%5</translation>
    </message>
    <message>
        <source>, not needed any more</source>
        <translation>، لم يعد لازمًا</translation>
    </message>
    <message>
        <source>Messages of %1: the next is number %2, unconfirmed are %3.</source>
        <extracomment>%1 is a producer&apos;s id, %2 and %3 are numbers</extracomment>
        <translation>رسائل %1: رقم التالية %2، وعدد غير المؤكَّدة %3.</translation>
    </message>
    <message>
        <source>Usage: qtdelivery journal verify|dump DIR [--key-from SOURCE]</source>
        <translation>الاستخدام: qtdelivery journal verify|dump DIR [--key-from SOURCE]</translation>
    </message>
</context>
<context>
    <name>Metrics</name>
    <message>
        <source>Usage: qtdelivery metrics
Prints the flows and links of every process of this user that was started with
QTDELIVERY_MONITOR=1, in the text format of Prometheus.
</source>
        <translation>الاستخدام: qtdelivery metrics
يطبع تدفّقات ووصلات كل عمليات هذا المستخدم التي شُغّلت مع
QTDELIVERY_MONITOR=1، بالتنسيق النصي لـ Prometheus.
</translation>
    </message>
</context>
<context>
    <name>Security</name>
    <message>
        <source>Nobody on another machine could be let in: say whom with --tls-ca, --pin or --secret-from, or give --allow-anyone.</source>
        <translation>لا يمكن إدخال أحد من جهاز آخر: حدّد من بـ --tls-ca أو --pin أو --secret-from، أو أعط --allow-anyone.</translation>
    </message>
</context>
<context>
    <name>StorageKeySource</name>
    <message>
        <source>%1 needs keychain:NAME, file:PATH or env:NAME.</source>
        <extracomment>%1 is an option, such as --key-from</extracomment>
        <translation>يحتاج %1 إلى keychain:NAME أو file:PATH أو env:NAME.</translation>
    </message>
</context>
<context>
    <name>TargetFolder</name>
    <message>
        <source>Files cannot be written into %1.</source>
        <translation>لا يمكن كتابة ملفات في %1.</translation>
    </message>
    <message>
        <source>Message %1 has no name; &apos;send --file&apos; gives one.</source>
        <translation>الرسالة %1 بلا اسم؛ يعطي &apos;send --file&apos; اسمًا.</translation>
    </message>
    <message>
        <source>The sender calls a file &apos;%1&apos;; such a name is not allowed here.</source>
        <translation>يسمّي المرسِل ملفًا &apos;%1&apos;؛ مثل هذا الاسم غير مسموح هنا.</translation>
    </message>
    <message>
        <source>%1 is there already; --force replaces it.</source>
        <translation>%1 موجود بالفعل؛ يستبدله --force.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>تعذّرت كتابة %1: %2.</translation>
    </message>
</context>
</TS>
