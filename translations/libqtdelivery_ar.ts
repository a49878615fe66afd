<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
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
        <translation>لا توجد بيانات CBOR عند البايت %1: %2.</translation>
    </message>
    <message>
        <source>The message ends at byte %1, but the payload does not.</source>
        <extracomment>%1 is a position in bytes</extracomment>
        <translation>تنتهي الرسالة عند البايت %1، لكن الحمولة لا تنتهي هناك.</translation>
    </message>
    <message>
        <source>No JSON at byte %1: %2.</source>
        <extracomment>%1 is a position in bytes, %2 says what is wrong</extracomment>
        <translation>لا توجد بيانات JSON عند البايت %1: %2.</translation>
    </message>
    <message>
        <source>An object, or an array of one value that is not an object, is expected.</source>
        <translation>المتوقَّع كائن، أو مصفوفة من قيمة واحدة ليست كائنًا.</translation>
    </message>
    <message>
        <source>There is no message type %1 here. Known are: %2.</source>
        <extracomment>%1 is the name of a message type that came from a peer, %2 a list of those that are known</extracomment>
        <translation>لا يوجد هنا نوع الرسائل %1. الأنواع المعروفة: %2.</translation>
    </message>
    <message>
        <source>There is no value to send.</source>
        <translation>لا توجد قيمة لإرسالها.</translation>
    </message>
    <message>
        <source>Two message types have the name %1.</source>
        <extracomment>%1 is the name of a message type</extracomment>
        <translation>نوعان من الرسائل يحملان الاسم %1.</translation>
    </message>
    <message>
        <source>An object of &quot;type&quot;, a string, and &quot;value&quot; is expected.</source>
        <extracomment>The quoted words are keywords</extracomment>
        <translation>المتوقَّع كائن من &quot;type&quot;، وهو سلسلة نصية، و&quot;value&quot;.</translation>
    </message>
    <message>
        <source>The stream refused it.</source>
        <translation>رفضه دفق البيانات.</translation>
    </message>
    <message>
        <source>The payload is not of DataStreamCodec&apos;s format.</source>
        <translation>الحمولة ليست بتنسيق DataStreamCodec.</translation>
    </message>
    <message>
        <source>The payload is cut short or damaged at byte %1.</source>
        <extracomment>%1 is a position in bytes</extracomment>
        <translation>الحمولة مبتورة أو تالفة عند البايت %1.</translation>
    </message>
    <message>
        <source>a whole number</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;</extracomment>
        <translation>عدد صحيح</translation>
    </message>
    <message>
        <source>a number</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;</extracomment>
        <translation>عدد</translation>
    </message>
    <message>
        <source>a string</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;</extracomment>
        <translation>سلسلة نصية</translation>
    </message>
    <message>
        <source>a byte array</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;</extracomment>
        <translation>مصفوفة بايتات</translation>
    </message>
    <message>
        <source>a list</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;</extracomment>
        <translation>قائمة</translation>
    </message>
    <message>
        <source>an object</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;</extracomment>
        <translation>كائن</translation>
    </message>
    <message>
        <source>true or false</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;
----------
Completes &quot;it must be …&quot;; true and false are keywords</extracomment>
        <translation>صواب أو خطأ</translation>
    </message>
    <message>
        <source>nothing</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;</extracomment>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>something else</source>
        <extracomment>Completes &quot;… expected, but there is …&quot;</extracomment>
        <translation>شيء آخر</translation>
    </message>
    <message>
        <source>The number does not fit into the type %1.</source>
        <extracomment>%1 is the name of a C++ type</extracomment>
        <translation>العدد لا يتّسع له النوع %1.</translation>
    </message>
    <message>
        <source>%1 expected, but there is %2.</source>
        <extracomment>%1 and %2 are kinds of values, such as &quot;a string&quot; and &quot;a list&quot;</extracomment>
        <translation>المتوقَّع %1، لكن الموجود %2.</translation>
    </message>
    <message>
        <source>Values of the type %1 cannot be sent.</source>
        <extracomment>%1 is the name of a C++ type</extracomment>
        <translation>لا يمكن إرسال قيم من النوع %1.</translation>
    </message>
    <message>
        <source>Infinity and NaN cannot be written as JSON.</source>
        <translation>لا يمكن كتابة اللانهاية وNaN بصيغة JSON.</translation>
    </message>
    <message>
        <source>The string is not valid Unicode.</source>
        <translation>السلسلة النصية ليست Unicode صالحًا.</translation>
    </message>
    <message>
        <source>The string is not base64url.</source>
        <translation>السلسلة النصية ليست base64url.</translation>
    </message>
    <message>
        <source>%1 is not a value of the enum %2.</source>
        <extracomment>%1 is a number, %2 the name of a C++ enum
----------
%1 is a quoted string, %2 the name of a C++ enum</extracomment>
        <translation>%1 ليست قيمة من قيم التعداد %2.</translation>
    </message>
    <message>
        <source>The message is nested too deeply.</source>
        <translation>الرسالة متداخلة إلى عمق أكبر من اللازم.</translation>
    </message>
    <message>
        <source>The name is there twice.</source>
        <translation>الاسم موجود مرتين.</translation>
    </message>
    <message>
        <source>%1 has no such property.</source>
        <extracomment>%1 is the name of a C++ type</extracomment>
        <translation>ليس لدى %1 مثل هذه الخاصية.</translation>
    </message>
    <message>
        <source>The property is missing.</source>
        <translation>الخاصية مفقودة.</translation>
    </message>
    <message>
        <source>An id must be 1 to 255 bytes of UTF-8 without control characters.</source>
        <translation>يجب أن يتكوّن المعرّف من 1 إلى 255 بايت من UTF-8 دون محارف تحكّم.</translation>
    </message>
    <message>
        <source>Message %1 has been confirmed before.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>سبق تأكيد الرسالة %1.</translation>
    </message>
    <message>
        <source>Message %1 is not the one that waits for its confirmation.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>الرسالة %1 ليست هي التي تنتظر تأكيدها.</translation>
    </message>
    <message numerus="yes">
        <source>The producer %1 has begun anew; %n message(s) of its former life were received but not delivered.</source>
        <extracomment>%1 is a producer&apos;s id</extracomment>
        <translation>
            <numerusform>بدأ المنتِج %1 من جديد؛ لم تُستلم أي رسالة من حياته السابقة دون تسليم (%n).</numerusform>
            <numerusform>بدأ المنتِج %1 من جديد؛ رسالة واحدة من حياته السابقة استُلمت ولم تُسلَّم.</numerusform>
            <numerusform>بدأ المنتِج %1 من جديد؛ رسالتان من حياته السابقة استُلمتا ولم تُسلَّما.</numerusform>
            <numerusform>بدأ المنتِج %1 من جديد؛ %n رسائل من حياته السابقة استُلمت ولم تُسلَّم.</numerusform>
            <numerusform>بدأ المنتِج %1 من جديد؛ %n رسالة من حياته السابقة استُلمت ولم تُسلَّم.</numerusform>
            <numerusform>بدأ المنتِج %1 من جديد؛ %n رسالة من حياته السابقة استُلمت ولم تُسلَّم.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no durable progress.</source>
        <translation>لا يوجد تقدّم دائم.</translation>
    </message>
    <message>
        <source>A durable progress must live in the thread of its controller.</source>
        <translation>يجب أن يوجد التقدّم الدائم في خيط متحكّمه.</translation>
    </message>
    <message>
        <source>The durable progress was destroyed.</source>
        <translation>أُتلف كائن التقدّم الدائم.</translation>
    </message>
    <message>
        <source>The node %1 offers a producer %2, too; this consumer stays with the one it has.</source>
        <extracomment>%1 is a node&apos;s name, %2 a producer&apos;s id</extracomment>
        <translation>تعرض العقدة %1 أيضًا منتِجًا باسم %2؛ يبقى هذا المستهلك مع المنتِج الذي لديه.</translation>
    </message>
    <message>
        <source>Another consumer has taken the flow of %1.</source>
        <extracomment>%1 is a producer&apos;s id</extracomment>
        <translation>تولّى مستهلك آخر تدفّق %1.</translation>
    </message>
    <message>
        <source>The producer %1 holds a message above this consumer&apos;s maxMessageSize of %2 bytes.</source>
        <extracomment>%1 is a producer&apos;s id, %2 a number of bytes</extracomment>
        <translation>لدى المنتِج %1 رسالة تتجاوز maxMessageSize لهذا المستهلك، وهو %2 بايت.</translation>
    </message>
    <message>
        <source>A controller needs a node.</source>
        <translation>يحتاج المتحكّم إلى عقدة.</translation>
    </message>
    <message>
        <source>A controller must live in the thread of its node.</source>
        <translation>يجب أن يوجد المتحكّم في خيط عقدته.</translation>
    </message>
    <message>
        <source>The controller has stopped.</source>
        <translation>توقّف المتحكّم.</translation>
    </message>
    <message>
        <source>The controller was called from another thread than its own.</source>
        <translation>استُدعي المتحكّم من خيط غير خيطه.</translation>
    </message>
    <message>
        <source>start() needs the application&apos;s object.</source>
        <translation>تحتاج start() إلى كائن التطبيق.</translation>
    </message>
    <message>
        <source>The application&apos;s object lives in another thread than its controller.</source>
        <translation>يوجد كائن التطبيق في خيط غير خيط متحكّمه.</translation>
    </message>
    <message>
        <source>The payload is not in a file.</source>
        <translation>الحمولة ليست في ملف.</translation>
    </message>
    <message>
        <source>There is no durable queue.</source>
        <translation>لا يوجد طابور دائم.</translation>
    </message>
    <message>
        <source>A durable queue must live in the thread of its controller.</source>
        <translation>يجب أن يوجد الطابور الدائم في خيط متحكّمه.</translation>
    </message>
    <message>
        <source>The durable queue was destroyed.</source>
        <translation>أُتلف كائن الطابور الدائم.</translation>
    </message>
    <message>
        <source>The payload has %1 bytes; the limit of both sides is %2.</source>
        <extracomment>%1 and %2 are numbers of bytes</extracomment>
        <translation>حجم الحمولة %1 بايت؛ حدّ الجانبين هو %2.</translation>
    </message>
    <message>
        <source>start() has not been called.</source>
        <translation>لم تُستدعَ start().</translation>
    </message>
    <message>
        <source>There is no permission for a message: wait for requestNext.</source>
        <translation>لا يوجد إذن لرسالة: انتظر requestNext.</translation>
    </message>
    <message>
        <source>Without a durable queue a message is never stored, only confirmed.</source>
        <translation>بلا طابور دائم لا تُخزَّن الرسالة أبدًا، بل تُؤكَّد فقط.</translation>
    </message>
    <message>
        <source>What message %1 is read from cannot be read any more, or has changed; the message is given up.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>ما تُقرأ منه الرسالة %1 لم يعد مقروءًا أو تغيّر؛ تُرك أمر الرسالة.</translation>
    </message>
    <message>
        <source>The consumer %1 accepts %2 bytes, but a larger message is unconfirmed.</source>
        <extracomment>%1 is a consumer&apos;s id, %2 a number of bytes</extracomment>
        <translation>يقبل المستهلك %1 ما حجمه %2 بايت، لكن رسالة أكبر لم تُؤكَّد.</translation>
    </message>
    <message>
        <source>The node is closed.</source>
        <translation>العقدة مغلقة.</translation>
    </message>
    <message>
        <source>A message&apos;s name must be 1 to 255 bytes of UTF-8 without control characters.</source>
        <translation>يجب أن يتكوّن اسم الرسالة من 1 إلى 255 بايت من UTF-8 دون محارف تحكّم.</translation>
    </message>
    <message>
        <source>What is to be sent cannot be read.</source>
        <translation>تعذّرت قراءة ما يُراد إرساله.</translation>
    </message>
    <message>
        <source>Message %1 has been transmitted.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>أُرسلت الرسالة %1 بالفعل.</translation>
    </message>
    <message>
        <source>There is no message %1.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>لا توجد رسالة %1.</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <extracomment>%1 is a number of bytes, a limit or a value in a message about a setting</extracomment>
        <translation>%1 بايت</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <extracomment>%1 is a number of milliseconds, a limit or a value in a message about a setting
----------
%1 is a number of milliseconds
----------
%1 is a number of milliseconds, such as 0.25</extracomment>
        <translation>%1 م.ث</translation>
    </message>
    <message>
        <source>empty or a path of at most 4096 bytes</source>
        <extracomment>Completes &quot;it must be …&quot;</extracomment>
        <translation>فارغ أو مسار لا يتجاوز 4096 بايت</translation>
    </message>
    <message>
        <source>empty or 1 to 255 bytes of UTF-8 without control characters</source>
        <extracomment>Completes &quot;it must be …&quot;</extracomment>
        <translation>فارغ أو من 1 إلى 255 بايت من UTF-8 دون محارف تحكّم</translation>
    </message>
    <message>
        <source>a number between %1 and %2</source>
        <extracomment>Completes &quot;it must be …&quot;; %1 and %2 are numbers</extracomment>
        <translation>عدد بين %1 و%2</translation>
    </message>
    <message>
        <source>a whole number between %1 and %2</source>
        <extracomment>Completes &quot;it must be …&quot;; %1 and %2 are numbers, perhaps with a unit</extracomment>
        <translation>عدد صحيح بين %1 و%2</translation>
    </message>
    <message>
        <source>%1 is %2; it must be %3.</source>
        <extracomment>%1 is a setting&apos;s name, %2 its value, %3 one of the texts that complete &quot;it must be …&quot;</extracomment>
        <translation>قيمة %1 هي %2؛ والمطلوب: %3.</translation>
    </message>
    <message>
        <source>%1 is %2; it must be at least %3, which is %4.</source>
        <extracomment>%1 and %3 are names of settings, %2 and %4 their values with units</extracomment>
        <translation>قيمة %1 هي %2؛ يجب ألّا تقل عن %3، أي %4.</translation>
    </message>
    <message>
        <source>%1 is %2; it must be at least %5 times %3, which is %4.</source>
        <extracomment>%1 and %3 are names of settings, %2 and %4 their values with units, %5 a number</extracomment>
        <translation>قيمة %1 هي %2؛ يجب ألّا تقل عن %5 أضعاف %3، وهو %4.</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <extracomment>%1 is the name of a settings file</extracomment>
        <translation>تعذّرت قراءة %1.</translation>
    </message>
    <message>
        <source>%1 is not a settings file.</source>
        <extracomment>%1 is the name of a settings file</extracomment>
        <translation>%1 ليس ملف إعدادات.</translation>
    </message>
    <message>
        <source>There is no setting %1. The settings here are: %2.</source>
        <extracomment>%1 is the key of a setting that does not exist, %2 a list of those that do</extracomment>
        <translation>لا يوجد الإعداد %1. الإعدادات هنا: %2.</translation>
    </message>
    <message>
        <source>Storing has failed and is tried again: %1</source>
        <extracomment>%1 is the reason, a whole sentence</extracomment>
        <translation>فشل التخزين وتُعاد المحاولة: %1</translation>
    </message>
    <message>
        <source>Storing has failed and is not tried any more: %1 What was stored is the new owner&apos;s; retry() cannot help. To own it again, end the other one and make a new queue or progress object and a new controller.</source>
        <extracomment>%1 is the reason, a whole sentence</extracomment>
        <translation>فشل التخزين ولن تُعاد المحاولة: %1 ما خُزّن صار للمالك الجديد؛ لا تفيد retry(). لتملكه من جديد، أنهِ الآخر وأنشئ كائن طابور أو تقدّم جديدًا ومتحكّمًا جديدًا.</translation>
    </message>
    <message>
        <source>The controller stopped before message %1 was confirmed.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>توقّف المتحكّم قبل تأكيد الرسالة %1.</translation>
    </message>
    <message>
        <source>Connecting to %1 took too long.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>استغرق الاتصال بـ %1 وقتًا أطول من اللازم.</translation>
    </message>
    <message>
        <source>the node closed in an orderly way</source>
        <translation>أغلقت العقدة إغلاقًا منظّمًا</translation>
    </message>
    <message>
        <source>another connection to the same node took over</source>
        <translation>حلّ محلّه اتصال آخر بالعقدة نفسها</translation>
    </message>
    <message>
        <source>there is no version of the protocol that both sides know</source>
        <translation>لا توجد نسخة من البروتوكول يعرفها الجانبان</translation>
    </message>
    <message>
        <source>the handshake took longer than handshakeTimeout</source>
        <translation>استغرقت المصافحة أطول من handshakeTimeout</translation>
    </message>
    <message>
        <source>nothing was heard for longer than heartbeatTimeout</source>
        <translation>لم يُسمع شيء مدة أطول من heartbeatTimeout</translation>
    </message>
    <message>
        <source>a frame exceeded maxFrameLength</source>
        <translation>تجاوز إطار maxFrameLength</translation>
    </message>
    <message>
        <source>a frame was damaged on its way</source>
        <translation>تلف إطار في الطريق</translation>
    </message>
    <message>
        <source>a frame was malformed</source>
        <translation>كان بناء إطار خاطئًا</translation>
    </message>
    <message>
        <source>a frame was of an unknown type</source>
        <translation>كان نوع إطار غير معروف</translation>
    </message>
    <message>
        <source>a frame came out of turn</source>
        <translation>وصل إطار في غير دوره</translation>
    </message>
    <message>
        <source>the producer sent more than it was granted</source>
        <translation>أرسل المنتِج أكثر مما مُنح</translation>
    </message>
    <message>
        <source>a frame held an impossible sequence number</source>
        <translation>احتوى إطار رقم تسلسل مستحيلًا</translation>
    </message>
    <message>
        <source>the bytes of a large message do not match its digest</source>
        <translation>بايتات رسالة كبيرة لا تطابق بصمتها</translation>
    </message>
    <message>
        <source>a limit of the node&apos;s settings was reached</source>
        <translation>بُلغ حدّ من إعدادات العقدة</translation>
    </message>
    <message>
        <source>the node is connected to itself</source>
        <translation>العقدة متصلة بنفسها</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>انقطع الاتصال</translation>
    </message>
    <message>
        <source>reason %1</source>
        <translation>السبب %1</translation>
    </message>
    <message>
        <source>an unknown node</source>
        <translation>عقدة غير معروفة</translation>
    </message>
    <message>
        <source>%1 closed the link: %2.</source>
        <extracomment>%1 is a node&apos;s name, %2 one of the texts above</extracomment>
        <translation>أغلق %1 الوصلة: %2.</translation>
    </message>
    <message>
        <source>The link to %1 ended: %2.</source>
        <translation>انتهت الوصلة إلى %1: %2.</translation>
    </message>
    <message>
        <source>The node was called from another thread than its own.</source>
        <translation>استُدعيت العقدة من خيط غير خيطها.</translation>
    </message>
    <message>
        <source>The node does not connect to %1.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>العقدة لا تتصل بـ %1.</translation>
    </message>
    <message>
        <source>The id %1 is in use on this node.</source>
        <extracomment>%1 is the id of a producer or consumer</extracomment>
        <translation>المعرّف %1 مستخدَم في هذه العقدة.</translation>
    </message>
    <message>
        <source>Nobody listens on %1.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>لا أحد ينصت عند %1.</translation>
    </message>
    <message>
        <source>The host of %1 is unknown.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>مضيف %1 غير معروف.</translation>
    </message>
    <message>
        <source>%1 closed the connection.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>أغلق %1 الاتصال.</translation>
    </message>
    <message>
        <source>%1 is in use by another program.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>يستخدم برنامج آخر %1.</translation>
    </message>
    <message>
        <source>Access to %1 is denied.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>الوصول إلى %1 مرفوض.</translation>
    </message>
    <message>
        <source>The connection to %1 failed: %2.</source>
        <extracomment>%1 is an address, %2 the system&apos;s words</extracomment>
        <translation>فشل الاتصال بـ %1: %2.</translation>
    </message>
    <message>
        <source>%1 names no address of this machine: give its number, such as 127.0.0.1 or 0.0.0.0.</source>
        <extracomment>%1 is an address that the user gave</extracomment>
        <translation>لا يسمّي %1 عنوانًا لهذا الجهاز: اكتب رقمه، مثل 127.0.0.1 أو 0.0.0.0.</translation>
    </message>
    <message>
        <source>%1 is not an address: %2.</source>
        <extracomment>%1 is what the user gave, %2 what is wrong with it</extracomment>
        <translation>%1 ليس عنوانًا: %2.</translation>
    </message>
    <message>
        <source>%1 is not a local address: write local:name.</source>
        <extracomment>%1 is an address that the user gave</extracomment>
        <translation>%1 ليس عنوانًا محليًا: اكتب local:name.</translation>
    </message>
    <message>
        <source>%1 has no port to connect to.</source>
        <extracomment>%1 is an address that the user gave</extracomment>
        <translation>ليس في %1 منفذ يُتّصل به.</translation>
    </message>
    <message>
        <source>The application is busy with message %1.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>التطبيق مشغول بالرسالة %1.</translation>
    </message>
    <message>
        <source>The application has been busy with message %1 for %2.</source>
        <extracomment>%1 is a message&apos;s number, %2 a time such as &quot;12 s&quot;</extracomment>
        <translation>التطبيق مشغول بالرسالة %1 منذ %2.</translation>
    </message>
    <message>
        <source>The storage is not ready.</source>
        <translation>التخزين غير جاهز.</translation>
    </message>
    <message>
        <source>The storage has not answered for %1.</source>
        <translation>لم يُجب التخزين منذ %1.</translation>
    </message>
    <message>
        <source>The link is down; the other side has to connect.</source>
        <translation>الوصلة مقطوعة؛ على الجانب الآخر أن يتصل.</translation>
    </message>
    <message>
        <source>The link is down; connecting.</source>
        <translation>الوصلة مقطوعة؛ يجري الاتصال.</translation>
    </message>
    <message>
        <source>The link is down; the next attempt is in %1.</source>
        <extracomment>%1 is a time such as &quot;4 s&quot;</extracomment>
        <translation>الوصلة مقطوعة؛ المحاولة التالية بعد %1.</translation>
    </message>
    <message>
        <source>Nothing blocks this flow.</source>
        <translation>لا شيء يعيق هذا التدفّق.</translation>
    </message>
    <message>
        <source>No consumer is attached.</source>
        <translation>لا يوجد مستهلك مرتبط.</translation>
    </message>
    <message>
        <source>The window is used up until the consumer confirms.</source>
        <translation>النافذة مستنفَدة حتى يؤكّد المستهلك.</translation>
    </message>
    <message>
        <source>The limit %1 of this side is reached.</source>
        <extracomment>%1 is the name of a setting</extracomment>
        <translation>بُلغ الحدّ %1 لهذا الجانب.</translation>
    </message>
    <message>
        <source>The application has not called start(), or its object is gone.</source>
        <translation>لم يستدعِ التطبيق start()، أو زال كائنه.</translation>
    </message>
    <message>
        <source>It was refused.</source>
        <translation>رُفض.</translation>
    </message>
    <message>
        <source>No producer is attached.</source>
        <translation>لا يوجد منتِج مرتبط.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>الوقت</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>التدفّق</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>الحدث</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>الرسالة</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>المعنى</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>العملية</translation>
    </message>
    <message>
        <source>The recording began.</source>
        <translation>بدأ التسجيل.</translation>
    </message>
    <message>
        <source>The application called start().</source>
        <translation>استدعى التطبيق start().</translation>
    </message>
    <message>
        <source>A peer offers the other end.</source>
        <translation>يعرض نظير الطرف الآخر.</translation>
    </message>
    <message>
        <source>The two ends are attached from message %1 on, epoch %2.</source>
        <extracomment>%1 is a message&apos;s number, %2 counts registrations</extracomment>
        <translation>ارتبط الطرفان ابتداءً من الرسالة %1، الحقبة %2.</translation>
    </message>
    <message>
        <source>The other end gave the flow up, reason %1.</source>
        <extracomment>%1 is a number of the protocol</extracomment>
        <translation>تخلّى الطرف الآخر عن التدفّق، السبب %1.</translation>
    </message>
    <message>
        <source>The link was lost; message %1 is confirmed.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>فُقدت الوصلة؛ الرسالة %1 مؤكَّدة.</translation>
    </message>
    <message>
        <source>The other end was refused, reason %1.</source>
        <extracomment>%1 is a number of the protocol</extracomment>
        <translation>رُفض الطرف الآخر، السبب %1.</translation>
    </message>
    <message>
        <source>Confirmed up to message %1; granted up to %2.</source>
        <extracomment>%1 and %2 are numbers of messages</extracomment>
        <translation>التأكيد حتى الرسالة %1؛ والإذن حتى %2.</translation>
    </message>
    <message>
        <source>Messages %1 to %2 are missing.</source>
        <extracomment>%1 and %2 are numbers of messages</extracomment>
        <translation>الرسائل من %1 إلى %2 مفقودة.</translation>
    </message>
    <message>
        <source>The producer told that it has transmitted up to message %1.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>أفاد المنتِج أنه أرسل حتى الرسالة %1.</translation>
    </message>
    <message>
        <source>The storage is loaded; message %1 is confirmed.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>حُمّل التخزين؛ الرسالة %1 مؤكَّدة.</translation>
    </message>
    <message>
        <source>Storing what follows message %1 has failed.</source>
        <extracomment>%1 is a message&apos;s number</extracomment>
        <translation>فشل تخزين ما يلي الرسالة %1.</translation>
    </message>
    <message>
        <source>The application called retry().</source>
        <translation>استدعى التطبيق retry().</translation>
    </message>
    <message numerus="yes">
        <source>The producer began anew; %n message(s) were dropped.</source>
        <translation>
            <numerusform>بدأ المنتِج من جديد؛ لم تُهمَل أي رسالة (%n).</numerusform>
            <numerusform>بدأ المنتِج من جديد؛ أُهملت رسالة واحدة.</numerusform>
            <numerusform>بدأ المنتِج من جديد؛ أُهملت رسالتان.</numerusform>
            <numerusform>بدأ المنتِج من جديد؛ أُهملت %n رسائل.</numerusform>
            <numerusform>بدأ المنتِج من جديد؛ أُهملت %n رسالة.</numerusform>
            <numerusform>بدأ المنتِج من جديد؛ أُهملت %n رسالة.</numerusform>
        </translation>
    </message>
    <message>
        <source>Producer</source>
        <translation>المنتِج</translation>
    </message>
    <message>
        <source>Consumer</source>
        <translation>المستهلك</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>يُحمَّل</translation>
    </message>
    <message>
        <source>Not attached</source>
        <translation>غير مرتبط</translation>
    </message>
    <message>
        <source>Attaching</source>
        <translation>يرتبط</translation>
    </message>
    <message>
        <source>Attached</source>
        <translation>مرتبط</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>متوقّف</translation>
    </message>
    <message>
        <source>%1/s</source>
        <extracomment>%1 is a number of messages</extracomment>
        <translation>%1/ث</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>الدور</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>العقدة</translation>
    </message>
    <message>
        <source>Other end</source>
        <translation>الطرف الآخر</translation>
    </message>
    <message>
        <source>Other node</source>
        <translation>العقدة الأخرى</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Blocked because</source>
        <translation>سبب الإعاقة</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>مؤكَّد</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>في الطريق</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>النافذة</translation>
    </message>
    <message>
        <source>Backlog</source>
        <translation>المتراكم</translation>
    </message>
    <message>
        <source>Unconfirmed</source>
        <translation>غير مؤكَّد</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>المعدّل</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>الرسائل</translation>
    </message>
    <message>
        <source>Resent</source>
        <translation>أُعيد إرساله</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>المكرّر</translation>
    </message>
    <message>
        <source>Oldest</source>
        <translation>الأقدم</translation>
    </message>
    <message>
        <source>Not stored</source>
        <translation>غير مخزَّن</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>التخزين</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>زمن الذهاب والإياب</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>الحقبة</translation>
    </message>
    <message>
        <source>The application has paused the flow.</source>
        <translation>أوقف التطبيق التدفّق مؤقتًا.</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>يتصل</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>قائمة</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>تُغلَق</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>مقطوعة</translation>
    </message>
    <message>
        <source>Not needed</source>
        <translation>غير لازمة</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>المعلّق</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>مستلَم</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>مكتوب</translation>
    </message>
    <message>
        <source>Up for</source>
        <translation>قائمة منذ</translation>
    </message>
    <message>
        <source>Next attempt in</source>
        <translation>المحاولة التالية بعد</translation>
    </message>
    <message>
        <source>Flows</source>
        <translation>التدفّقات</translation>
    </message>
    <message>
        <source>The metrics cannot be written: %1</source>
        <extracomment>%1 are the system&apos;s words</extracomment>
        <translation>تعذّرت كتابة المقاييس: %1</translation>
    </message>
    <message>
        <source>The process did not answer in time.</source>
        <translation>لم تُجب العملية في الوقت المناسب.</translation>
    </message>
    <message>
        <source>Nobody can be watched at %1.</source>
        <extracomment>%1 is a path</extracomment>
        <translation>لا يمكن مراقبة أحد عند %1.</translation>
    </message>
    <message>
        <source>The process that was watched has ended it.</source>
        <translation>أنهت العملية المراقَبة المراقبةَ.</translation>
    </message>
    <message>
        <source>The process cannot be watched: %1</source>
        <extracomment>%1 are the system&apos;s words</extracomment>
        <translation>تعذّرت مراقبة العملية: %1</translation>
    </message>
    <message>
        <source>The process sent something illegible.</source>
        <translation>أرسلت العملية شيئًا غير مقروء.</translation>
    </message>
    <message>
        <source>The process speaks version %1 of the monitor&apos;s protocol, not %2.</source>
        <extracomment>%1 and %2 are numbers</extracomment>
        <translation>تتكلّم العملية النسخة %1 من بروتوكول المراقب، لا %2.</translation>
    </message>
    <message>
        <source>The process has more than %1 flows or links.</source>
        <extracomment>%1 is a number</extracomment>
        <translation>لدى العملية أكثر من %1 من التدفّقات أو الوصلات.</translation>
    </message>
    <message>
        <source>The directory %1 for monitors cannot be created.</source>
        <extracomment>%1 is a directory</extracomment>
        <translation>تعذّر إنشاء الدليل %1 للمراقبين.</translation>
    </message>
    <message>
        <source>A monitor server needs a node.</source>
        <translation>يحتاج خادم المراقبة إلى عقدة.</translation>
    </message>
    <message>
        <source>A monitor server must live in the thread of its node.</source>
        <translation>يجب أن يوجد خادم المراقبة في خيط عقدته.</translation>
    </message>
    <message>
        <source>Another program listens at %1.</source>
        <extracomment>%1 is a path</extracomment>
        <translation>ينصت برنامج آخر عند %1.</translation>
    </message>
    <message>
        <source>Monitors cannot be awaited at %1: %2</source>
        <extracomment>%1 is a path, %2 the system&apos;s words</extracomment>
        <translation>تعذّر انتظار المراقبين عند %1: %2</translation>
    </message>
    <message>
        <source>%1 s</source>
        <extracomment>%1 is a number of seconds</extracomment>
        <translation>%1 ث</translation>
    </message>
    <message>
        <source>%1 min</source>
        <extracomment>%1 is a number of minutes</extracomment>
        <translation>%1 د</translation>
    </message>
    <message>
        <source>%1 h</source>
        <extracomment>%1 is a number of hours</extracomment>
        <translation>%1 س</translation>
    </message>
    <message>
        <source>%1 is damaged: copy %2 in it is not whole, and may have been the newer one.</source>
        <extracomment>%1 is a file, %2 is 1 or 2</extracomment>
        <translation>%1 تالف: النسخة %2 فيه غير كاملة، وربما كانت الأحدث.</translation>
    </message>
    <message>
        <source>%1 was written by a newer version, which this one cannot read.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>%1 كتبته نسخة أحدث لا تستطيع هذه النسخة قراءته.</translation>
    </message>
    <message>
        <source>%1 is damaged: no copy in it is whole.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>%1 تالف: لا توجد فيه نسخة كاملة.</translation>
    </message>
    <message>
        <source>%1 is damaged at byte %2.</source>
        <extracomment>%1 is the path of a file, %2 a position in it in bytes</extracomment>
        <translation>%1 تالف عند البايت %2.</translation>
    </message>
    <message>
        <source>%1 is missing: it held unconfirmed messages from byte 0.</source>
        <extracomment>%1 is the path of a file</extracomment>
        <translation>%1 مفقود: كانت فيه رسائل غير مؤكَّدة ابتداءً من البايت 0.</translation>
    </message>
    <message>
        <source>%1 belongs to another journal, as byte 0 and the following say.</source>
        <extracomment>%1 is the path of a file</extracomment>
        <translation>%1 يخصّ سجلًا آخر، كما يقول البايت 0 وما بعده.</translation>
    </message>
    <message>
        <source>%1 was written by a version that this one does not know.</source>
        <extracomment>%1 is the path of a file</extracomment>
        <translation>%1 كتبته نسخة لا تعرفها هذه النسخة.</translation>
    </message>
    <message>
        <source>%1 holds the messages of producer %2.</source>
        <extracomment>%1 is the path of a file, %2 the id of a producer</extracomment>
        <translation>يحتوي %1 رسائل المنتِج %2.</translation>
    </message>
    <message>
        <source>Message %1 cannot be stored: the next one is %2.</source>
        <extracomment>%1 and %2 are numbers of messages</extracomment>
        <translation>تعذّر تخزين الرسالة %1: التالية هي %2.</translation>
    </message>
    <message>
        <source>Message %1 is too long to be stored.</source>
        <extracomment>%1 is the number of a message</extracomment>
        <translation>الرسالة %1 أطول من أن تُخزَّن.</translation>
    </message>
    <message>
        <source>The queue has not been loaded.</source>
        <translation>لم يُحمَّل الطابور.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <extracomment>%1 is the name of a file, %2 the system&apos;s words
----------
%1 is a file, %2 a few words of the system
----------
%1 is a file or directory, %2 the system&apos;s reason</extracomment>
        <translation>تعذّرت قراءة %1: %2.</translation>
    </message>
    <message>
        <source>%1 is not a file.</source>
        <extracomment>%1 is the path of something that is there</extracomment>
        <translation>%1 ليس ملفًا.</translation>
    </message>
    <message>
        <source>There is no device.</source>
        <translation>لا يوجد جهاز.</translation>
    </message>
    <message>
        <source>The device cannot be opened: %1.</source>
        <extracomment>%1 is what the device says</extracomment>
        <translation>تعذّر فتح الجهاز: %1.</translation>
    </message>
    <message>
        <source>Only a device that can be read at any place can be sent, because parts may have to be sent again; write to a file first.</source>
        <translation>لا يمكن إرسال إلا جهاز يُقرأ من أي موضع، فقد يلزم إرسال أجزاء منه ثانيةً؛ اكتب إلى ملف أولًا.</translation>
    </message>
    <message>
        <source>%1 was removed by another process.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>أزالت عملية أخرى %1.</translation>
    </message>
    <message>
        <source>%1 holds %2 messages that are arriving, as many as maxPartialMessages allows.</source>
        <extracomment>%1 is the path of a directory, %2 a number</extracomment>
        <translation>يحتوي %1 رسائل قيد الوصول عددها %2، وهو ما يسمح به maxPartialMessages.</translation>
    </message>
    <message>
        <source>%1 cannot be opened: %2.</source>
        <extracomment>%1 is a file or directory, %2 the system&apos;s reason</extracomment>
        <translation>تعذّر فتح %1: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be locked: %2.</source>
        <extracomment>%1 is a file or directory, %2 the system&apos;s reason</extracomment>
        <translation>تعذّر قفل %1: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <extracomment>%1 is a file or directory, %2 the system&apos;s reason</extracomment>
        <translation>تعذّرت كتابة %1: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be written to the disk: %2.</source>
        <extracomment>%1 is a file or directory, %2 the system&apos;s reason</extracomment>
        <translation>تعذّرت كتابة %1 على القرص: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be renamed: %2.</source>
        <extracomment>%1 is a file, %2 the system&apos;s reason</extracomment>
        <translation>تعذّرت إعادة تسمية %1: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be removed: %2.</source>
        <extracomment>%1 is a file, %2 the system&apos;s reason</extracomment>
        <translation>تعذّرت إزالة %1: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be created: %2.</source>
        <extracomment>%1 is a file or directory, %2 the system&apos;s reason</extracomment>
        <translation>تعذّر إنشاء %1: %2.</translation>
    </message>
    <message>
        <source>%1 is shorter than it was.</source>
        <extracomment>%1 is the path of a file</extracomment>
        <translation>%1 أقصر مما كان.</translation>
    </message>
    <message>
        <source>%1 is in use by another owner.</source>
        <extracomment>%1 is the path of a directory</extracomment>
        <translation>يستخدم مالك آخر %1.</translation>
    </message>
    <message>
        <source>%1 is in use by process %2.</source>
        <extracomment>%1 is the path of a directory, %2 the number of a process</extracomment>
        <translation>تستخدم العملية %2 الملف %1.</translation>
    </message>
    <message>
        <source>%1 is damaged: it has %2 bytes instead of %3.</source>
        <extracomment>%1 is a file, %2 and %3 are numbers of bytes</extracomment>
        <translation>%1 تالف: حجمه %2 بايت بدلًا من %3.</translation>
    </message>
    <message>
        <source>%1 holds the position of consumer &quot;%2&quot; in the messages of producer &quot;%3&quot;.</source>
        <extracomment>%1 is a file, %2 the id of a consumer, %3 the id of a producer</extracomment>
        <translation>يحتوي %1 موضع المستهلك &quot;%2&quot; في رسائل المنتِج &quot;%3&quot;.</translation>
    </message>
    <message>
        <source>A position cannot be recorded: the ids of consumer and producer are too long.</source>
        <translation>تعذّر تسجيل الموضع: معرّفا المستهلك والمنتِج أطول من اللازم.</translation>
    </message>
    <message>
        <source>A settings file holds the positions of at most %1 pairs of consumer and producer.</source>
        <extracomment>%1 is a number</extracomment>
        <translation>يحتوي ملف الإعدادات مواضع %1 من أزواج المستهلك والمنتِج على الأكثر.</translation>
    </message>
    <message>
        <source>%1 cannot be written: there is no room on the disk.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>تعذّرت كتابة %1: لا مكان على القرص.</translation>
    </message>
    <message>
        <source>%1 cannot be written; look at the permissions of its directory.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>تعذّرت كتابة %1؛ راجع أذونات دليله.</translation>
    </message>
    <message>
        <source>The message has %1 bytes. A queue in a settings file takes at most %2; use FileProducerQueue for more.</source>
        <extracomment>%1 and %2 are numbers of bytes</extracomment>
        <translation>حجم الرسالة %1 بايت. يقبل الطابور في ملف إعدادات %2 على الأكثر؛ استخدم FileProducerQueue لما هو أكبر.</translation>
    </message>
    <message>
        <source>The context of the message has %1 bytes. A queue in a settings file takes at most %2.</source>
        <extracomment>%1 and %2 are numbers of bytes</extracomment>
        <translation>حجم سياق الرسالة %1 بايت. يقبل الطابور في ملف إعدادات %2 على الأكثر.</translation>
    </message>
    <message>
        <source>A queue in a settings file holds at most %1 messages and %2 bytes that are not confirmed.</source>
        <extracomment>%1 is a number of messages, %2 of bytes</extracomment>
        <translation>يحتوي الطابور في ملف إعدادات %1 من الرسائل و%2 من البايتات غير المؤكَّدة على الأكثر.</translation>
    </message>
    <message>
        <source>Message %1 cannot be stored: the next one has the number %2.</source>
        <extracomment>%1 and %2 are numbers of messages</extracomment>
        <translation>تعذّر تخزين الرسالة %1: رقم التالية هو %2.</translation>
    </message>
    <message>
        <source>%1 holds the messages of producer &quot;%2&quot;, not of &quot;%3&quot;.</source>
        <extracomment>%1 is a file, %2 and %3 are ids of producers</extracomment>
        <translation>يحتوي %1 رسائل المنتِج &quot;%2&quot;، لا رسائل &quot;%3&quot;.</translation>
    </message>
    <message>
        <source>Nothing can be stored before the queue is loaded.</source>
        <translation>لا يمكن تخزين شيء قبل تحميل الطابور.</translation>
    </message>
    <message>
        <source>%1 is no address of a database: sqlite:/path/file.db or postgresql://user@host:port/database.</source>
        <extracomment>%1 is what was given, without a password</extracomment>
        <translation>%1 ليس عنوان قاعدة بيانات: sqlite:/path/file.db أو postgresql://user@host:port/database.</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <extracomment>%1 is the name of a database, %2 that of its server</extracomment>
        <translation>%1 على %2</translation>
    </message>
    <message>
        <source>The progress of producer %1 has not been loaded.</source>
        <extracomment>%1 is a producer&apos;s id</extracomment>
        <translation>لم يُحمَّل تقدّم المنتِج %1.</translation>
    </message>
    <message>
        <source>The position to be recorded has no stream or no number.</source>
        <translation>الموضع المراد تسجيله بلا دفق أو بلا رقم.</translation>
    </message>
    <message>
        <source>Message %1 of %2 has been recorded for %3 before.</source>
        <extracomment>%1 is a message&apos;s number, %2 and %3 are the ids of its producer and its consumer</extracomment>
        <translation>سبق تسجيل الرسالة %1 من %2 لصالح %3.</translation>
    </message>
    <message>
        <source>The database %1 has failed: %2.</source>
        <extracomment>%1 is the name of a database, %2 what its driver says, untranslated</extracomment>
        <translation>فشلت قاعدة البيانات %1: %2.</translation>
    </message>
    <message>
        <source>The database driver &quot;%1&quot; is not supported: QSQLITE and QPSQL are.</source>
        <extracomment>%1 is the name of a driver</extracomment>
        <translation>مشغّل قاعدة البيانات &quot;%1&quot; غير مدعوم: المدعوم QSQLITE وQPSQL.</translation>
    </message>
    <message>
        <source>The database driver %1 is missing; Debian has it in the package %2.</source>
        <extracomment>%1 is the name of a driver, %2 that of a package</extracomment>
        <translation>مشغّل قاعدة البيانات %1 مفقود؛ تجده في Debian في الحزمة %2.</translation>
    </message>
    <message>
        <source>The tables in the database %1 are of version %2, which this library does not know.</source>
        <extracomment>%1 is the name of a database, %2 a number</extracomment>
        <translation>جداول قاعدة البيانات %1 من النسخة %2 التي لا تعرفها هذه المكتبة.</translation>
    </message>
    <message>
        <source>Another process has taken over the queue of %1 in the database %2.</source>
        <extracomment>%1 is a producer&apos;s id, %2 the name of a database</extracomment>
        <translation>تولّت عملية أخرى طابور %1 في قاعدة البيانات %2.</translation>
    </message>
    <message>
        <source>Another process has taken over the progress of %1 in the database %2.</source>
        <extracomment>%1 is a consumer&apos;s id, %2 the name of a database</extracomment>
        <translation>تولّت عملية أخرى تقدّم %1 في قاعدة البيانات %2.</translation>
    </message>
    <message>
        <source>Message %1 cannot be stored: the next one is message %2.</source>
        <extracomment>%1 and %2 are numbers of messages</extracomment>
        <translation>تعذّر تخزين الرسالة %1: التالية هي الرسالة %2.</translation>
    </message>
    <message>
        <source>The queue of %1 in the database %2 contradicts itself.</source>
        <extracomment>%1 is a producer&apos;s id, %2 the name of a database</extracomment>
        <translation>طابور %1 في قاعدة البيانات %2 يناقض نفسه.</translation>
    </message>
    <message>
        <source>A position in the messages of producer &quot;%1&quot; cannot be recorded before it is loaded.</source>
        <extracomment>%1 is the id of a producer</extracomment>
        <translation>لا يمكن تسجيل موضع في رسائل المنتِج &quot;%1&quot; قبل تحميله.</translation>
    </message>
    <message>
        <source>The context of the confirmation has %1 bytes; at most %2 can be recorded.</source>
        <extracomment>%1 and %2 are numbers of bytes</extracomment>
        <translation>حجم سياق التأكيد %1 بايت؛ يمكن تسجيل %2 على الأكثر.</translation>
    </message>
    <message>
        <source>%1 is in use by another process or by another object of this one.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>تستخدم %1 عملية أخرى أو كائن آخر من هذه العملية.</translation>
    </message>
    <message>
        <source>The controller was deleted.</source>
        <translation>حُذف المتحكّم.</translation>
    </message>
    <message>
        <source>There are two shared secrets with the name %1.</source>
        <extracomment>%1 is the name of a secret</extracomment>
        <translation>هناك سرّان مشتركان بالاسم %1.</translation>
    </message>
    <message>
        <source>The rules in %1 cannot be read: %2.</source>
        <extracomment>%1 is the name of a file, %2 the system&apos;s reason</extracomment>
        <translation>لا يمكن قراءة القواعد في %1: %2.</translation>
    </message>
    <message>
        <source>%1, line %2 is not a rule: write who, &quot;produce&quot; or &quot;consume&quot;, and the flow, such as: secret:press produce orders</source>
        <extracomment>%1 is the name of a file, %2 a line&apos;s number</extracomment>
        <translation>%1، السطر %2 ليس قاعدة: اكتب من هو، ثم «produce» أو «consume»، ثم التدفق، مثل: secret:press produce orders</translation>
    </message>
    <message>
        <source>the other side does not speak the QtDelivery protocol, or it wants tls://</source>
        <translation>الطرف الآخر لا يتكلم بروتوكول QtDelivery، أو يريد tls://</translation>
    </message>
    <message>
        <source>the two nodes do not have the same shared secret under the same name</source>
        <translation>ليس لدى العقدتين السر المشترك نفسه بالاسم نفسه</translation>
    </message>
    <message>
        <source>one of the two nodes has a shared secret, the other has none</source>
        <translation>لدى إحدى العقدتين سر مشترك وليس لدى الأخرى سر</translation>
    </message>
    <message>
        <source>The name of a shared secret must be 1 to 255 bytes of UTF-8 without control characters.</source>
        <translation>يجب أن يكون اسم السر المشترك من 1 إلى 255 بايت بترميز UTF-8 دون أحرف تحكم.</translation>
    </message>
    <message>
        <source>The shared secret %1 is too short: take at least %2 random bytes.</source>
        <extracomment>%1 is its name, %2 a number</extracomment>
        <translation>السر المشترك %1 قصير جدًا: خذ %2 بايتًا عشوائيًا على الأقل.</translation>
    </message>
    <message>
        <source>The secret in %1 cannot be read: %2.</source>
        <extracomment>%1 is the name of a file, %2 the system&apos;s reason</extracomment>
        <translation>لا يمكن قراءة السر في %1: %2.</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>لا أحد</translation>
    </message>
    <message>
        <source>an authority without a name</source>
        <translation>جهة تصديق بلا اسم</translation>
    </message>
    <message>
        <source>The certificate of %1 is for %2, not for %3: connect to a name that it is for, or give that as serverName.</source>
        <extracomment>%1 is an address, %2 the names in a certificate, %3 the name it had to be for</extracomment>
        <translation>شهادة %1 صادرة لـ %2 وليس لـ %3: اتصل باسم صدرت له، أو أعطه في serverName.</translation>
    </message>
    <message>
        <source>The certificate of %1 expired on %2: it must be renewed, unless this machine&apos;s clock is wrong.</source>
        <extracomment>%1 is an address, %2 a date</extracomment>
        <translation>انتهت صلاحية شهادة %1 في %2: يجب تجديدها، ما لم تكن ساعة هذا الجهاز خاطئة.</translation>
    </message>
    <message>
        <source>The certificate of %1 is valid from %2 only: look at this machine&apos;s clock.</source>
        <extracomment>%1 is an address, %2 a date</extracomment>
        <translation>شهادة %1 صالحة ابتداءً من %2 فقط: تحقق من ساعة هذا الجهاز.</translation>
    </message>
    <message>
        <source>%1 showed no certificate, and this node wants one of everybody: give the peer a certificateChain and a privateKey.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>لم يُظهر %1 شهادة، وهذه العقدة تطلب شهادة من الجميع: أعط الطرف الآخر certificateChain و privateKey.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not meant for this: its extendedKeyUsage must have serverAuth to listen and clientAuth to connect.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>شهادة %1 ليست لهذا الغرض: يجب أن يحوي extendedKeyUsage فيها serverAuth للاستماع و clientAuth للاتصال.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not accepted: %2.</source>
        <extracomment>%1 is an address, %2 the words of the TLS library</extracomment>
        <translation>شهادة %1 غير مقبولة: %2.</translation>
    </message>
    <message>
        <source>The key of %1 is none of pins: somebody else answers there, or it has a new key. If you know that to be right, pin it: %2.</source>
        <extracomment>%1 is an address, %2 a number</extracomment>
        <translation>مفتاح %1 ليس من pins: يجيب هناك غيره، أو صار له مفتاح جديد. إن كنت تعلم أن ذلك صحيح فثبّته: %2.</translation>
    </message>
    <message>
        <source>%1 does not speak TLS: one side has a tls:// address and the other tcp://, or it is another program.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>لا يتكلم %1 بروتوكول TLS: لأحد الطرفين عنوان tls:// وللآخر tcp://، أو هو برنامج آخر.</translation>
    </message>
    <message>
        <source>The TLS handshake with %1 failed: %2.</source>
        <extracomment>%1 is an address, %2 the words of the TLS library</extracomment>
        <translation>فشلت مصافحة TLS مع %1: %2.</translation>
    </message>
    <message>
        <source>%1 closed the connection at the TLS handshake: it does not accept the certificate of this node, or that it has none, or it does not speak TLS. Its log says why.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>أغلق %1 الاتصال عند مصافحة TLS: لا يقبل شهادة هذه العقدة، أو لا يقبل ألا تكون لها شهادة، أو لا يتكلم TLS. سجله يذكر السبب.</translation>
    </message>
    <message>
        <source>The TLS handshake with %1 took longer than handshakeTimeout: perhaps it does not speak TLS.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>استغرقت مصافحة TLS مع %1 وقتًا أطول من handshakeTimeout: ربما لا يتكلم TLS.</translation>
    </message>
    <message>
        <source>%1 holds no certificate in PEM format.</source>
        <extracomment>%1 is the name of a file</extracomment>
        <translation>لا يحوي %1 شهادة بصيغة PEM.</translation>
    </message>
    <message>
        <source>%1 holds no private key that can be used: it must be RSA or elliptic curve in PEM format, and its passphrase, if it has one, right.</source>
        <extracomment>%1 is the name of a file</extracomment>
        <translation>لا يحوي %1 مفتاحًا خاصًا صالحًا للاستعمال: يجب أن يكون RSA أو منحنى إهليلجيًا بصيغة PEM، وأن تكون عبارة مروره صحيحة إن وجدت.</translation>
    </message>
    <message>
        <source>certificateChain and privateKey belong together: give both or neither.</source>
        <translation>certificateChain و privateKey متلازمان: أعطهما معًا أو لا تعط أيًّا منهما.</translation>
    </message>
    <message>
        <source>Each of pins is the %1 bytes of a SHA-256: see TlsSettings::pinOf().</source>
        <translation>كل عنصر من pins هو %1 بايتًا من SHA-256: انظر TlsSettings::pinOf().</translation>
    </message>
    <message>
        <source>%1 closed the connection without a word: perhaps it wants tls:// instead, or has as many connections as it allows.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>أغلق %1 الاتصال دون كلمة: ربما يريد tls:// بدلًا من ذلك، أو بلغ عدد الاتصالات التي يسمح بها.</translation>
    </message>
    <message>
        <source>%1 cannot be used, because Qt finds no OpenSSL: its plugin tls/libqopensslbackend.so and OpenSSL 3 must be installed.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>لا يمكن استعمال %1 لأن Qt لا يجد OpenSSL: يجب تثبيت ملحقه tls/libqopensslbackend.so و OpenSSL 3.</translation>
    </message>
    <message>
        <source>To listen on %1 the node needs certificateChain and privateKey: see DeliveryNode::setTlsSettings().</source>
        <extracomment>%1 is an address</extracomment>
        <translation>للاستماع على %1 تحتاج العقدة إلى certificateChain و privateKey: انظر DeliveryNode::setTlsSettings().</translation>
    </message>
    <message>
        <source>To ask for certificates on %1 the node needs caCertificates: the authority that issues those of its peers.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>لطلب الشهادات على %1 تحتاج العقدة إلى caCertificates: الجهة التي تصدر شهادات أطرافها.</translation>
    </message>
    <message>
        <source>%1 leads beyond this machine without encryption: use tls:// instead, or set allowPlainText if you trust everybody on the way.</source>
        <extracomment>%1 is an address that the user gave</extracomment>
        <translation>يخرج %1 عن هذا الجهاز دون تعمية: استعمل tls:// بدلًا منه، أو عيّن allowPlainText إن كنت تثق بكل من في الطريق.</translation>
    </message>
    <message>
        <source>%1 is not an address for this library: write tcp://host:port, tls://host:port or local:name.</source>
        <extracomment>%1 is an address that the user gave</extracomment>
        <translation>%1 ليس عنوانًا لهذه المكتبة: اكتب tcp://host:port أو tls://host:port أو local:name.</translation>
    </message>
    <message>
        <source>%1 is not a TCP address: write %2://host:port.</source>
        <extracomment>%1 is an address that the user gave, %2 is tcp or tls</extracomment>
        <translation>%1 ليس عنوان TCP: اكتب %2://host:port.</translation>
    </message>
    <message>
        <source>The name of a credential has 1 to %1 bytes and no control characters.</source>
        <extracomment>%1 is a number</extracomment>
        <translation>اسم بيانات الاعتماد من 1 إلى %1 بايت وبلا محارف تحكم.</translation>
    </message>
    <message>
        <source>An empty secret cannot be kept.</source>
        <translation>لا يمكن حفظ سر فارغ.</translation>
    </message>
    <message>
        <source>A secret has at most %1 bytes.</source>
        <extracomment>%1 is a number</extracomment>
        <translation>السر لا يزيد عن %1 بايت.</translation>
    </message>
    <message>
        <source>There is no credential &quot;%1&quot;.</source>
        <extracomment>%1 is the name of a credential</extracomment>
        <translation>لا توجد بيانات اعتماد باسم &quot;%1&quot;.</translation>
    </message>
    <message>
        <source>The credential store has not answered within %1 seconds; a keychain may be waiting for its password.</source>
        <extracomment>%1 is a number</extracomment>
        <translation>لم يُجب مخزن بيانات الاعتماد خلال %1 من الثواني؛ ربما تنتظر سلسلة المفاتيح كلمة مرورها.</translation>
    </message>
    <message>
        <source>The credential store was closed before it answered.</source>
        <translation>أُغلق مخزن بيانات الاعتماد قبل أن يجيب.</translation>
    </message>
    <message>
        <source>A credential store can be used in its own thread only.</source>
        <translation>لا يُستعمل مخزن بيانات الاعتماد إلا في خيطه.</translation>
    </message>
    <message>
        <source>A file of credentials needs a passphrase.</source>
        <translation>ملف بيانات الاعتماد يحتاج إلى عبارة مرور.</translation>
    </message>
    <message>
        <source>The directory %1, which writing to the keychain needs, cannot be made.</source>
        <extracomment>%1 is a directory</extracomment>
        <translation>لا يمكن إنشاء المجلد %1 اللازم للكتابة في سلسلة المفاتيح.</translation>
    </message>
    <message>
        <source>This program was built without support for keychains. Keep the credentials in a file.</source>
        <translation>بُني هذا البرنامج دون دعم سلاسل المفاتيح. احفظ بيانات الاعتماد في ملف.</translation>
    </message>
    <message>
        <source>The credentials in a keychain need the name of a service.</source>
        <translation>تحتاج بيانات الاعتماد في سلسلة المفاتيح إلى اسم خدمة.</translation>
    </message>
    <message>
        <source>A keychain can be used in the thread of the application only.</source>
        <translation>لا تُستعمل سلسلة المفاتيح إلا في خيط التطبيق.</translation>
    </message>
    <message>
        <source>The keychain has no such entry.</source>
        <translation>ليس في سلسلة المفاتيح مثل هذا المدخل.</translation>
    </message>
    <message>
        <source>The keychain is locked, or does not let this program in (%1). Unlock it, or keep the credentials in a file.</source>
        <extracomment>%1 is the keychain&apos;s reason</extracomment>
        <translation>سلسلة المفاتيح مقفلة أو لا تسمح لهذا البرنامج (%1). افتح قفلها أو احفظ بيانات الاعتماد في ملف.</translation>
    </message>
    <message>
        <source>The keychain cannot be reached (%1). It needs a desktop session with a keychain, such as gnome-keyring or KWallet; without one, keep the credentials in a file.</source>
        <extracomment>%1 is the system&apos;s reason</extracomment>
        <translation>لا يمكن الوصول إلى سلسلة المفاتيح (%1). تحتاج إلى جلسة سطح مكتب فيها سلسلة مفاتيح مثل gnome-keyring أو KWallet؛ وبدونها احفظ بيانات الاعتماد في ملف.</translation>
    </message>
    <message>
        <source>What the keychain holds was written by a newer version, which this one cannot read.</source>
        <translation>محتوى سلسلة المفاتيح كتبه إصدار أحدث لا يستطيع هذا الإصدار قراءته.</translation>
    </message>
    <message>
        <source>What the keychain holds of this program is damaged: something was changed or removed in it.</source>
        <translation>ما تحفظه سلسلة المفاتيح لهذا البرنامج تالف: غُيِّر فيه شيء أو حُذف.</translation>
    </message>
    <message>
        <source>There is not enough memory to make a key from the passphrase.</source>
        <translation>الذاكرة لا تكفي لاشتقاق مفتاح من عبارة المرور.</translation>
    </message>
    <message>
        <source>The passphrase is not that of %1.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>عبارة المرور ليست عبارة %1.</translation>
    </message>
    <message>
        <source>%1 is damaged, or is no file of credentials. Put a copy of it in its place, or remove it and enter the credentials again.</source>
        <extracomment>%1 is a file</extracomment>
        <translation>%1 تالف أو ليس ملف بيانات اعتماد. ضع نسخة منه مكانه، أو احذفه وأدخل بيانات الاعتماد من جديد.</translation>
    </message>
    <message>
        <source>This program was built without support for encrypted files of credentials.</source>
        <translation>بُني هذا البرنامج دون دعم ملفات بيانات الاعتماد المعمّاة.</translation>
    </message>
    <message>
        <source>announceExpiry must be from 0 to 10 000 days.</source>
        <translation>يجب أن يكون announceExpiry من 0 إلى 10 000 يوم.</translation>
    </message>
    <message>
        <source>none</source>
        <extracomment>of a link: it is not encrypted</extracomment>
        <translation>بلا</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>التعمية</translation>
    </message>
    <message>
        <source>Proved by the peer</source>
        <translation>ما أثبته الطرف الآخر</translation>
    </message>
    <message>
        <source>Certificate ends</source>
        <translation>انتهاء الشهادة</translation>
    </message>
    <message>
        <source>This durable queue stores only what is in memory; a FileProducerQueue stores files and devices, too.</source>
        <translation>هذا الطابور الدائم لا يخزّن إلا ما في الذاكرة؛ أما FileProducerQueue فيخزّن الملفات والأجهزة أيضًا.</translation>
    </message>
    <message>
        <source>The payload of message %1 cannot be read, or is not what was stored: %2.</source>
        <extracomment>%1 is the number of a message, %2 the path of a file</extracomment>
        <translation>محتوى الرسالة %1 غير مقروء أو ليس ما خُزّن: %2.</translation>
    </message>
    <message>
        <source>%1 is missing: it held message %2, which is unconfirmed.</source>
        <extracomment>%1 is the path of a file, %2 the number of a message</extracomment>
        <translation>%1 مفقود: كانت فيه الرسالة %2، وهي غير مؤكدة.</translation>
    </message>
    <message>
        <source>%1 is damaged: it is not what was stored of message %2.</source>
        <extracomment>%1 is the path of a file, %2 the number of a message</extracomment>
        <translation>%1 تالف: ليس هو ما خُزّن من الرسالة %2.</translation>
    </message>
    <message>
        <source>What message %1 is read from cannot be read any more, or has changed.</source>
        <extracomment>%1 is the number of a message</extracomment>
        <translation>ما تُقرأ منه الرسالة %1 لم يعد مقروءًا أو تغيّر.</translation>
    </message>
    <message>
        <source>What this durable queue has cannot be taken back; a FileProducerQueue can skip it.</source>
        <translation>لا يمكن استرجاع ما لدى هذا الطابور الدائم؛ أما FileProducerQueue فتستطيع تخطيه.</translation>
    </message>
    <message>
        <source>The fingerprint of its key is %1.</source>
        <extracomment>%1 is a number</extracomment>
        <translation>بصمة مفتاحه هي %1.</translation>
    </message>
    <message>
        <source>Processes are watched over the network with encryption only: write tls://host:port instead of %1.</source>
        <extracomment>%1 is an address that the user gave</extracomment>
        <translation>لا تُراقَب العمليات عبر الشبكة إلا معمّاة: اكتب tls://host:port بدلًا من %1.</translation>
    </message>
    <message>
        <source>%1 does not accept the token: it must be the one that was given to the process there.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>لا يقبل %1 الرمز: يجب أن يكون هو الذي أُعطي للعملية هناك.</translation>
    </message>
    <message>
        <source>%1 is watched by as many monitors as it allows.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>يراقب %1 من المراقبين أقصى ما يسمح به.</translation>
    </message>
    <message>
        <source>%1 has not shown that it has the token: somebody else answers there, or its token is another one.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>لم يُثبت %1 أن لديه الرمز: يجيب هناك غيره، أو أن رمزه مختلف.</translation>
    </message>
    <message>
        <source>Monitors are awaited on the network with encryption only: write tls://host:port instead of %1.</source>
        <extracomment>%1 is an address that the user gave</extracomment>
        <translation>لا يُنتظر المراقبون على الشبكة إلا مع التعمية: اكتب tls://host:port بدلًا من %1.</translation>
    </message>
    <message>
        <source>To await monitors on %1 a certificate and its private key are needed.</source>
        <extracomment>%1 is an address</extracomment>
        <translation>لانتظار المراقبين على %1 تلزم شهادة ومفتاحها الخاص.</translation>
    </message>
    <message>
        <source>This program was built without support for encrypted files.</source>
        <translation>بُني هذا البرنامج دون دعم الملفات المعمّاة.</translation>
    </message>
    <message>
        <source>A storage key must be %1 random bytes, or their base64.</source>
        <extracomment>%1 is a number</extracomment>
        <translation>يجب أن يتكوّن مفتاح التخزين من بايتات عشوائية عددها %1، أو من ترميزها base64.</translation>
    </message>
    <message>
        <source>%1 is not encrypted, but a key was given. Go on without a key, or begin in another directory.</source>
        <extracomment>%1 is the path of a file</extracomment>
        <translation>الملف %1 غير معمّى مع أن مفتاحًا قد أُعطي. تابع دون مفتاح، أو ابدأ في مجلد آخر.</translation>
    </message>
    <message>
        <source>%1 is not encrypted, but a key was given. Let its messages be delivered without a key first, or begin in another directory.</source>
        <extracomment>%1 is the path of a file</extracomment>
        <translation>الملف %1 غير معمّى مع أن مفتاحًا قد أُعطي. دع رسائله تُسلَّم أولًا دون مفتاح، أو ابدأ في مجلد آخر.</translation>
    </message>
    <message>
        <source>%1 is damaged, or not encrypted although a key was given.</source>
        <extracomment>%1 is the path of a file</extracomment>
        <translation>الملف %1 تالف، أو غير معمّى مع أن مفتاحًا قد أُعطي.</translation>
    </message>
    <message>
        <source>The payload cannot be decrypted: its file was changed or cannot be read.</source>
        <translation>تعذّر فكّ تعمية المحتوى: غُيّر ملفه أو لا يمكن قراءته.</translation>
    </message>
    <message>
        <source>Storing has failed and is not tried any more: %1 Nothing is lost. When the reason is gone, start the program again, or call retry() in it.</source>
        <extracomment>%1 is the reason, a whole sentence</extracomment>
        <translation>فشل التخزين ولن تُعاد المحاولة: %1 لم يُفقد شيء. عند زوال السبب شغّل البرنامج من جديد، أو استدعِ فيه retry().</translation>
    </message>
    <message>
        <source>The certificate of %1 is signed by itself, which proves nothing: if you know it to be the right one, add it to the authorities that are believed (caCertificates).</source>
        <extracomment>%1 is an address</extracomment>
        <translation>شهادة %1 موقَّعة من نفسها، وهذا لا يثبت شيئًا: إن كنت تعلم أنها الصحيحة فأضفها إلى الجهات الموثوق بها (caCertificates).</translation>
    </message>
    <message>
        <source>The certificate of %1 comes from %2, which is not believed here: add the certificate of that authority to those that are (caCertificates), or let the peer send those in between too.</source>
        <extracomment>%1 is an address, %2 the name of a certificate authority</extracomment>
        <translation>شهادة %1 صادرة عن %2 وهي جهة غير موثوق بها هنا: أضف شهادة تلك الجهة إلى الجهات الموثوق بها (caCertificates)، أو اجعل الطرف الآخر يرسل الشهادات الوسيطة أيضًا.</translation>
    </message>
    <message>
        <source>There is not enough locked memory to keep the storage keys in: allow the program more of it (ulimit -l, LimitMEMLOCK).</source>
        <translation>لا توجد ذاكرة مقفلة كافية لحفظ مفاتيح التخزين: اسمح للبرنامج بالمزيد منها (ulimit -l، ‏LimitMEMLOCK).</translation>
    </message>
    <message>
        <source>%1 is encrypted with the key %2, which was not given: give that one as well, as an older key if it is one.</source>
        <extracomment>%1 is the path of a file, %2 the id of a key</extracomment>
        <translation>%1 مشفَّر بالمفتاح %2 الذي لم يُعطَ: أعطِ هذا المفتاح أيضًا، بوصفه مفتاحًا أقدم إن كان كذلك.</translation>
    </message>
    <message>
        <source>It is not said where the secret is, or there is no store to ask for it.</source>
        <translation>لم يُذكر مكان السر، أو لا يوجد مخزن يُسأل عنه.</translation>
    </message>
    <message>
        <source>There is no secret in %1: the file is empty.</source>
        <extracomment>%1 is the name of a file</extracomment>
        <translation>لا يوجد سر في %1: الملف فارغ.</translation>
    </message>
    <message>
        <source>There is no secret in the environment variable %1.</source>
        <extracomment>%1 is the name of an environment variable</extracomment>
        <translation>لا يوجد سر في متغيّر البيئة %1.</translation>
    </message>
    <message>
        <source>A secret is in keychain:NAME, file:PATH or env:VARIABLE.</source>
        <translation>يكون السر في keychain:NAME أو file:PATH أو env:VARIABLE.</translation>
    </message>
</context>
</TS>
