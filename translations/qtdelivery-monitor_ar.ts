<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>Monitor</name>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>صور PNG ‏(*.png)</translation>
    </message>
    <message>
        <source>SVG pictures (*.svg)</source>
        <translation>صور SVG ‏(*.svg)</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <extracomment>%1 is a file name, %2 are the system&apos;s words</extracomment>
        <translation>تعذّرت كتابة %1: %2</translation>
    </message>
    <message>
        <source>No progress</source>
        <translation>لا تقدّم</translation>
    </message>
    <message>
        <source>Old backlog</source>
        <translation>متراكم قديم</translation>
    </message>
    <message>
        <source>Many resends</source>
        <translation>إعادات إرسال كثيرة</translation>
    </message>
    <message>
        <source>Slow storage</source>
        <translation>تخزين بطيء</translation>
    </message>
    <message>
        <source>Unsteady link</source>
        <translation>وصلة غير مستقرة</translation>
    </message>
    <message>
        <source>Two producers</source>
        <translation>منتِجان</translation>
    </message>
    <message>
        <source>%1: %2 messages wait, and none has been confirmed for a while.</source>
        <translation>%1: تنتظر %2 من الرسائل، ولم تُؤكَّد أي منها منذ فترة.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: the oldest unconfirmed message has waited for %2.</source>
        <extracomment>%1 is a flow, %2 a time such as 40 s</extracomment>
        <translation>%1: أقدم رسالة غير مؤكَّدة تنتظر منذ %2.</translation>
    </message>
    <message>
        <source>%1: %2 of the messages are sent again.</source>
        <extracomment>%1 is a flow, %2 a percentage</extracomment>
        <translation>%1: يُعاد إرسال %2 من الرسائل.</translation>
    </message>
    <message>
        <source>%1: the storage takes %2 to answer.</source>
        <extracomment>%1 is a flow, %2 a time such as 300 ms</extracomment>
        <translation>%1: يستغرق التخزين %2 ليجيب.</translation>
    </message>
    <message>
        <source>%1: the nodes %2 and %3 both have a producer of this name for the same consumer.</source>
        <extracomment>%1 is the id of a producer, %2 and %3 are nodes</extracomment>
        <translation>%1: لدى العقدتين %2 و%3 منتِج بهذا الاسم للمستهلك نفسه.</translation>
    </message>
    <message>
        <source>%1: the link was lost %2 times within a minute.</source>
        <extracomment>%1 are two nodes, %2 is a number</extracomment>
        <translation>%1: عدد مرات فقدان الوصلة خلال دقيقة: %2.</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <extracomment>the id %1 on the node %2</extracomment>
        <translation>%1 على %2</translation>
    </message>
    <message>
        <source>Idle</source>
        <extracomment>a flow that has nothing to do</extracomment>
        <translation>خامل</translation>
    </message>
    <message>
        <source>Moving</source>
        <extracomment>a flow whose messages are confirmed</extracomment>
        <translation>يتحرّك</translation>
    </message>
    <message>
        <source>Waiting</source>
        <extracomment>a flow that is held up for the moment</extracomment>
        <translation>ينتظر</translation>
    </message>
    <message>
        <source>Stuck</source>
        <extracomment>a flow that needs somebody</extracomment>
        <translation>عالق</translation>
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
        <source>Storage</source>
        <translation>التخزين</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>الوصلة</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>مؤكَّد</translation>
    </message>
    <message>
        <source>Delivered, waiting for confirmation</source>
        <translation>مُسلَّم، ينتظر التأكيد</translation>
    </message>
    <message>
        <source>Received, buffered</source>
        <translation>مستلَم، في المخزن المؤقت</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>في الطريق</translation>
    </message>
    <message>
        <source>Missing, to be sent again</source>
        <translation>مفقود، سيُعاد إرساله</translation>
    </message>
    <message>
        <source>Ready to be sent</source>
        <translation>جاهز للإرسال</translation>
    </message>
    <message>
        <source>Granted, unused</source>
        <translation>ممنوح، غير مستخدَم</translation>
    </message>
    <message>
        <source>Stored, not granted</source>
        <translation>مخزَّن، غير ممنوح</translation>
    </message>
    <message>
        <source>%1: the consumer has confirmed, the producer has not heard of it yet.</source>
        <extracomment>%1 are numbers of messages</extracomment>
        <translation>%1: أكّد المستهلك، ولم يعلم المنتِج بعد.</translation>
    </message>
    <message>
        <source>%1: the consumer allows, the producer has not heard of it yet.</source>
        <extracomment>%1 are numbers of messages</extracomment>
        <translation>%1: سمح المستهلك، ولم يعلم المنتِج بعد.</translation>
    </message>
    <message>
        <source>%1: the consumer has received what the producer never sent.</source>
        <extracomment>%1 are numbers of messages</extracomment>
        <translation>%1: استلم المستهلك ما لم يرسله المنتِج قط.</translation>
    </message>
    <message>
        <source>%1: the producer believes it may send what the consumer never allowed.</source>
        <extracomment>%1 are numbers of messages</extracomment>
        <translation>%1: يظن المنتِج أن له إرسال ما لم يسمح به المستهلك قط.</translation>
    </message>
    <message>
        <source>%1: the producer believes to be confirmed what the consumer has not confirmed.</source>
        <extracomment>%1 are numbers of messages</extracomment>
        <translation>%1: يظن المنتِج مؤكَّدًا ما لم يؤكّده المستهلك.</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <extracomment>%1 is a number of milliseconds
----------
%1 is a number of milliseconds, such as 0.25</extracomment>
        <translation>%1 م.ث</translation>
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
        <source>%1/s</source>
        <extracomment>%1 is a number of messages
----------
%1 is a number of bytes with its unit, such as 1.5 MB</extracomment>
        <translation>%1/ث</translation>
    </message>
    <message>
        <source>%1–%2</source>
        <extracomment>the numbers from %1 to %2</extracomment>
        <translation>%1–%2</translation>
    </message>
    <message>
        <source>Not blocked</source>
        <translation>غير معاق</translation>
    </message>
    <message>
        <source>No consumer</source>
        <translation>لا مستهلك</translation>
    </message>
    <message>
        <source>Window used up</source>
        <translation>النافذة مستنفَدة</translation>
    </message>
    <message>
        <source>Application busy</source>
        <translation>التطبيق مشغول</translation>
    </message>
    <message>
        <source>Storage slow</source>
        <translation>التخزين بطيء</translation>
    </message>
    <message>
        <source>Link down</source>
        <translation>الوصلة مقطوعة</translation>
    </message>
    <message>
        <source>Limit reached</source>
        <translation>بُلغ الحدّ</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>موقوف مؤقتًا</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>مرفوض</translation>
    </message>
    <message>
        <source>No producer</source>
        <translation>لا منتِج</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>مفقود</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>مستلَم</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>تُحقِّق منه</translation>
    </message>
    <message>
        <source>Sent again</source>
        <translation>أُرسل ثانيةً</translation>
    </message>
    <message>
        <source>Shows the flows of every process of this user that was started with QTDELIVERY_MONITOR=1: what is in flight, what waits for whom, and why it does not move.</source>
        <translation>يعرض تدفّقات كل عمليات هذا المستخدم التي شُغّلت مع QTDELIVERY_MONITOR=1: ما في الطريق، وما ينتظر مَن، ولماذا لا يتحرّك.</translation>
    </message>
    <message>
        <source>Runs flows in this process and shows them.</source>
        <translation>يشغّل تدفّقات في هذه العملية ويعرضها.</translation>
    </message>
    <message>
        <source>Watches the process at this socket, and no others. May be given several times.</source>
        <translation>يراقب العملية عند هذا المقبس ولا غيرها. يمكن إعطاؤه عدة مرات.</translation>
    </message>
    <message>
        <source>path</source>
        <translation>مسار</translation>
    </message>
    <message>
        <source>Records everything to this file from the start.</source>
        <translation>يسجّل كل شيء في هذا الملف من البداية.</translation>
    </message>
    <message>
        <source>file</source>
        <translation>ملف</translation>
    </message>
    <message>
        <source>Keeps its settings in this file.</source>
        <translation>يحفظ إعداداته في هذا الملف.</translation>
    </message>
    <message>
        <source>Writes pictures of every screen to this directory, then ends.</source>
        <translation>يكتب صور كل الشاشات في هذا الدليل، ثم ينتهي.</translation>
    </message>
    <message>
        <source>directory</source>
        <translation>دليل</translation>
    </message>
    <message>
        <source>With --screenshot: so many seconds after the start. Default: 12.</source>
        <translation>مع --screenshot: بعد كذا ثانية من البدء. الافتراضي: 12.</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>ثوانٍ</translation>
    </message>
    <message>
        <source>A recording to be opened.</source>
        <translation>تسجيل يُراد فتحه.</translation>
    </message>
    <message>
        <source>Only one recording can be opened at a time.</source>
        <translation>لا يمكن فتح أكثر من تسجيل واحد في المرة.</translation>
    </message>
    <message>
        <source>--after wants a number of seconds from 0 to 3600.</source>
        <translation>يحتاج --after إلى عدد من الثواني من 0 إلى 3600.</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>مخزَّن</translation>
    </message>
    <message>
        <source>Window edge</source>
        <extracomment>up to which number the producer may send</extracomment>
        <translation>حافة النافذة</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>مُرسَل</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>مُسلَّم</translation>
    </message>
    <message>
        <source>This is not a recording of flows.</source>
        <translation>هذا ليس تسجيلًا لتدفّقات.</translation>
    </message>
    <message>
        <source>The recording has version %1, which this program cannot read.</source>
        <extracomment>%1 is a number</extracomment>
        <translation>نسخة التسجيل %1 لا يستطيع هذا البرنامج قراءتها.</translation>
    </message>
    <message>
        <source>The recording ends in the middle of an entry; everything before that is shown.</source>
        <translation>ينتهي التسجيل في وسط قيد؛ يُعرض كل ما قبله.</translation>
    </message>
    <message>
        <source>The recording is damaged; everything before that is shown.</source>
        <translation>التسجيل تالف؛ يُعرض كل ما قبل التلف.</translation>
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
        <source>yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>no</source>
        <translation>لا</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Started</source>
        <extracomment>the application has called start()</extracomment>
        <translation>بدأ</translation>
    </message>
    <message>
        <source>Durable</source>
        <translation>دائم</translation>
    </message>
    <message>
        <source>Epoch</source>
        <extracomment>how many registrations the producer has counted</extracomment>
        <translation>الحقبة</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>مرات الارتباط</translation>
    </message>
    <message>
        <source>Next number</source>
        <translation>الرقم التالي</translation>
    </message>
    <message>
        <source>Stored up to</source>
        <translation>مخزَّن حتى</translation>
    </message>
    <message>
        <source>Granted up to</source>
        <translation>ممنوح حتى</translation>
    </message>
    <message>
        <source>Sent up to</source>
        <translation>مرسَل حتى</translation>
    </message>
    <message>
        <source>Received up to</source>
        <translation>مستلَم حتى</translation>
    </message>
    <message>
        <source>Delivered up to</source>
        <translation>مُسلَّم حتى</translation>
    </message>
    <message>
        <source>Confirmed up to</source>
        <translation>مؤكَّد حتى</translation>
    </message>
    <message>
        <source>Bytes unconfirmed</source>
        <translation>بايتات غير مؤكَّدة</translation>
    </message>
    <message>
        <source>Bytes in flight</source>
        <translation>بايتات في الطريق</translation>
    </message>
    <message>
        <source>Bytes granted</source>
        <translation>بايتات ممنوحة</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>الرسائل</translation>
    </message>
    <message>
        <source>Bytes of messages</source>
        <translation>بايتات الرسائل</translation>
    </message>
    <message>
        <source>Asked for again</source>
        <translation>طُلب ثانيةً</translation>
    </message>
    <message>
        <source>Duplicates dropped</source>
        <translation>مكرّرات أُهملت</translation>
    </message>
    <message>
        <source>Refused calls</source>
        <translation>استدعاءات مرفوضة</translation>
    </message>
    <message>
        <source>Not stored</source>
        <translation>غير مخزَّن</translation>
    </message>
    <message>
        <source>Storage, last answer</source>
        <translation>التخزين، آخر إجابة</translation>
    </message>
    <message>
        <source>Storage, longest answer</source>
        <translation>التخزين، أطول إجابة</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>زمن الذهاب والإياب</translation>
    </message>
    <message>
        <source>Attempts in vain</source>
        <translation>محاولات بلا جدوى</translation>
    </message>
    <message>
        <source>The settings could not be read, so the defaults are used. The old file is now %1.</source>
        <extracomment>%1 is a file name</extracomment>
        <translation>تعذّرت قراءة الإعدادات، فاستُخدمت الافتراضية. الملف القديم صار %1.</translation>
    </message>
    <message>
        <source>Storage, size</source>
        <translation>التخزين، الحجم</translation>
    </message>
    <message>
        <source>Storage, files</source>
        <translation>التخزين، الملفات</translation>
    </message>
    <message>
        <source>Storage, longest sync</source>
        <translation>التخزين، أطول مزامنة</translation>
    </message>
    <message>
        <source>Watches the process at this address on the network, tls://HOST:PORT, and no others.</source>
        <translation>يراقب العملية عند هذا العنوان على الشبكة، tls://HOST:PORT، ولا غيرها.</translation>
    </message>
    <message>
        <source>address</source>
        <translation>عنوان</translation>
    </message>
    <message>
        <source>With --connect: believes the authorities in this file, not the system&apos;s.</source>
        <translation>مع --connect: يثق بجهات التصديق في هذا الملف لا بجهات النظام.</translation>
    </message>
    <message>
        <source>With --connect: believes the key with this fingerprint, of 64 hexadecimal digits. May be given several times. Without --tls-ca nothing else of the certificate counts.</source>
        <translation>مع --connect: يثق بالمفتاح ذي هذه البصمة، وهي 64 رقمًا ستعشريًا. يمكن إعطاؤه عدة مرات. دون --tls-ca لا يُنظر إلى شيء آخر من الشهادة.</translation>
    </message>
    <message>
        <source>fingerprint</source>
        <translation>بصمة</translation>
    </message>
    <message>
        <source>With --connect: where the token is, keychain:NAME, file:PATH or env:VARIABLE.</source>
        <translation>مع --connect: مكان الرمز، keychain:NAME أو file:PATH أو env:VARIABLE.</translation>
    </message>
    <message>
        <source>place</source>
        <translation>مكان</translation>
    </message>
    <message>
        <source>--demo, --socket, --connect and a recording exclude each other.</source>
        <translation>لا يجتمع --demo و --socket و --connect وتسجيل.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not an address of a process: write tls://HOST:PORT.</source>
        <extracomment>%1 is what the user gave</extracomment>
        <translation>&apos;%1&apos; ليس عنوان عملية: اكتب tls://HOST:PORT.</translation>
    </message>
    <message>
        <source>A fingerprint has 64 hexadecimal digits, unlike &apos;%1&apos;.</source>
        <extracomment>%1 is what the user gave</extracomment>
        <translation>للبصمة 64 رقمًا ستعشريًا، خلافًا لـ &apos;%1&apos;.</translation>
    </message>
    <message>
        <source>A token is needed: --token-from says where it is, keychain:NAME, file:PATH or env:VARIABLE.</source>
        <translation>يلزم رمز: يحدد --token-from مكانه، keychain:NAME أو file:PATH أو env:VARIABLE.</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <extracomment>sizes before and after: &quot;10 MB to 2 MB&quot;</extracomment>
        <translation>من %1 إلى %2</translation>
    </message>
    <message>
        <source>Compressed</source>
        <translation>مضغوط</translation>
    </message>
    <message>
        <source>%1 goes with --connect.</source>
        <extracomment>%1 is an option, such as --pin</extracomment>
        <translation>الخيار %1 يرافق --connect.</translation>
    </message>
    <message>
        <source>With --connect: the monitor&apos;s own certificate, for processes that ask for one.</source>
        <translation>مع ‎--connect: شهادة المراقب نفسه، للعمليات التي تطلب شهادة.</translation>
    </message>
    <message>
        <source>The private key of --tls-cert.</source>
        <translation>المفتاح الخاص للخيار --tls-cert.</translation>
    </message>
    <message>
        <source>Where the passphrase of --tls-key is, if it has one: as --token-from.</source>
        <translation>مكان عبارة مرور ‎--tls-key إن كانت له واحدة: كما في --token-from.</translation>
    </message>
    <message>
        <source>The keychain has nothing named &apos;%1&apos;: type it once more, or keep it there with &apos;qtdelivery credentials set %1&apos;.</source>
        <extracomment>%1 is the name of a credential</extracomment>
        <translation>لا يوجد في سلسلة المفاتيح شيء باسم &apos;%1&apos;: اكتبه مرة أخرى، أو احفظه هناك بالأمر &apos;qtdelivery credentials set %1&apos;.</translation>
    </message>
    <message>
        <source>A certificate of one&apos;s own and its private key belong together.</source>
        <translation>الشهادة الخاصة ومفتاحها الخاص متلازمان.</translation>
    </message>
    <message>
        <source>--tls-key-passphrase-from needs --tls-key, and keychain:NAME, file:PATH or env:VARIABLE.</source>
        <translation>يحتاج --tls-key-passphrase-from إلى --tls-key، وإلى keychain:NAME أو file:PATH أو env:VARIABLE.</translation>
    </message>
</context>
<context>
    <name>Monitor::AlertBoard</name>
    <message>
        <source>since %1</source>
        <translation>منذ %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <extracomment>the alert was on from the time %1 to the time %2</extracomment>
        <translation>من %1 إلى %2</translation>
    </message>
    <message>
        <source>When</source>
        <extracomment>when an alert was on</extracomment>
        <translation>متى</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>التنبيه</translation>
    </message>
    <message>
        <source>About</source>
        <translation>بشأن</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>ما الخطأ</translation>
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
        <translation>أجزاء رسالة كبيرة</translation>
    </message>
    <message>
        <source>A large message travels in parts. Each cell is a part of its bytes, from its beginning at the upper left to its end; the colour and the hatch say how far it has come.</source>
        <translation>تنتقل الرسالة الكبيرة على أجزاء. كل خلية جزء من بايتاتها، من بدايتها في الأعلى إلى نهايتها؛ يدل اللون والتظليل على ما بلغه الجزء.</translation>
    </message>
    <message>
        <source>No large message is under way. Messages longer than the setting chunkLargeMessages travel in parts and are shown here.</source>
        <translation>لا توجد رسالة كبيرة في الطريق. الرسائل الأطول من الإعداد chunkLargeMessages تنتقل على أجزاء وتُعرض هنا.</translation>
    </message>
    <message>
        <source>No large message is under way.</source>
        <translation>لا توجد رسالة كبيرة في الطريق.</translation>
    </message>
    <message>
        <source>Message %1: all of %2 has arrived and is verified, in %3 (%4)</source>
        <extracomment>%1 is a number, %2 a size such as 16 MB, %3 a time such as 8 s, %4 a rate such as 2 MB/s</extracomment>
        <translation>الرسالة %1: وصل %2 كاملًا وتُحقِّق منه، في %3 (%4)</translation>
    </message>
    <message>
        <source>Message %1: %2 of %3 (%4)</source>
        <extracomment>%1 is a number, %2 and %3 are sizes such as 16 MB, %4 is a percentage</extracomment>
        <translation>الرسالة %1: %2 من %3 (%4)</translation>
    </message>
    <message>
        <source>%1, %2, %3 left</source>
        <extracomment>%1 is the text before, %2 a rate such as 2 MB/s, %3 a time such as 8 s</extracomment>
        <translation>%1، %2، بقي %3</translation>
    </message>
    <message>
        <source>%1: about %2</source>
        <extracomment>%1 is a state such as &quot;Received&quot;, %2 a size such as 4 MB</extracomment>
        <translation>%1: نحو %2</translation>
    </message>
    <message>
        <source>Bytes %1: %2</source>
        <extracomment>%1 are numbers of bytes, %2 is a state such as &quot;Received&quot;</extracomment>
        <translation>البايتات %1: %2</translation>
    </message>
</context>
<context>
    <name>Monitor::ConnectDialog</name>
    <message>
        <source>Connect over the network</source>
        <translation>الاتصال عبر الشبكة</translation>
    </message>
    <message>
        <source>Those of the system</source>
        <translation>جهات النظام</translation>
    </message>
    <message>
        <source>Any, if an authority vouches for it</source>
        <translation>أي بصمة تشهد لها جهة تصديق</translation>
    </message>
    <message>
        <source>That of the keychain</source>
        <translation>الرمز الذي في سلسلة المفاتيح</translation>
    </message>
    <message>
        <source>&amp;Keep the token in the keychain</source>
        <translation>احفظ الرمز في سلسلة المفاتيح</translation>
    </message>
    <message>
        <source>&amp;Address:</source>
        <translation>العنوان:</translation>
    </message>
    <message>
        <source>&amp;Certificates of authorities:</source>
        <translation>شهادات جهات التصديق:</translation>
    </message>
    <message>
        <source>&amp;Fingerprint of its key:</source>
        <translation>بصمة مفتاحها:</translation>
    </message>
    <message>
        <source>&amp;Token:</source>
        <translation>الرمز:</translation>
    </message>
    <message>
        <source>None</source>
        <comment>certificate, key or passphrase</comment>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>&amp;Own certificate:</source>
        <translation>شهادة المراقب:</translation>
    </message>
    <message>
        <source>None; some processes let in only who shows one</source>
        <translation>لا شيء؛ بعض العمليات لا تُدخل إلا من يُظهر شهادة</translation>
    </message>
    <message>
        <source>&amp;Private key of that:</source>
        <translation>المفتاح الخاص لها:</translation>
    </message>
    <message>
        <source>Pa&amp;ssphrase of the key:</source>
        <translation>عبارة مرور المفتاح:</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>استعراض…</translation>
    </message>
    <message>
        <source>Browse: %1</source>
        <extracomment>%1 is what is in the file, e.g. &quot;Own certificate&quot;</extracomment>
        <translation>استعراض: %1</translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.cer *.key);;All files (*)</source>
        <translation>الشهادات والمفاتيح (*.pem *.crt *.cer *.key);;كل الملفات (*)</translation>
    </message>
</context>
<context>
    <name>Monitor::EmptyPage</name>
    <message>
        <source>No process is watched yet</source>
        <translation>لا تُراقَب أي عملية بعد</translation>
    </message>
    <message>
        <source>&lt;p&gt;Start a program that uses QtDelivery like this:&lt;/p&gt;&lt;p&gt;&lt;code&gt;%1&lt;/code&gt;&lt;/p&gt;&lt;p&gt;or let it make a %2 for its node. It appears here by itself: the monitor looks into %3 every second.&lt;/p&gt;</source>
        <extracomment>%1 is a command line, %2 a class, %3 a directory; the markup has to stay</extracomment>
        <translation>&lt;p&gt;شغّل برنامجًا يستخدم QtDelivery هكذا:&lt;/p&gt;&lt;p&gt;&lt;code&gt;%1&lt;/code&gt;&lt;/p&gt;&lt;p&gt;أو اجعله ينشئ %2 لعقدته. سيظهر هنا من تلقاء نفسه: ينظر المراقب في %3 كل ثانية.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Show a &amp;demonstration</source>
        <translation>عرض توضيحي</translation>
    </message>
    <message>
        <source>Watch a &amp;socket…</source>
        <translation>مراقبة مقبس…</translation>
    </message>
    <message>
        <source>&amp;Open a recording…</source>
        <translation>فتح تسجيل…</translation>
    </message>
    <message>
        <source>&amp;Connect over the network…</source>
        <translation>الاتصال عبر الشبكة…</translation>
    </message>
</context>
<context>
    <name>Monitor::FlowDetails</name>
    <message>
        <source>%1: %2 → %3</source>
        <comment>the flow %1 from producer %2 to consumer %3</comment>
        <translation>التدفّق %1: من %2 إلى %3</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>لا أحد</translation>
    </message>
    <message>
        <source>Details of the flow</source>
        <translation>تفاصيل التدفّق</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>النافذة</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>إيقاف مؤقت</translation>
    </message>
    <message>
        <source>Keeps the picture as it is; collecting goes on</source>
        <translation>يُبقي الصورة كما هي؛ ويستمر الجمع</translation>
    </message>
    <message>
        <source>+</source>
        <translation>+</translation>
    </message>
    <message>
        <source>Shows less time</source>
        <translation>يعرض وقتًا أقل</translation>
    </message>
    <message>
        <source>−</source>
        <translation>−</translation>
    </message>
    <message>
        <source>Shows more time</source>
        <translation>يعرض وقتًا أكثر</translation>
    </message>
    <message>
        <source>&amp;Now</source>
        <extracomment>a button that goes to the right end of the picture</extracomment>
        <translation>الآن</translation>
    </message>
    <message>
        <source>Goes on with what happens now</source>
        <translation>يتابع ما يحدث الآن</translation>
    </message>
    <message>
        <source>Over &amp;time</source>
        <translation>عبر الزمن</translation>
    </message>
    <message>
        <source>Large message</source>
        <translation>رسالة كبيرة</translation>
    </message>
    <message>
        <source>&amp;Large messages</source>
        <translation>الرسائل الكبيرة</translation>
    </message>
    <message>
        <source>Numbers of the flow</source>
        <translation>أرقام التدفّق</translation>
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
        <source>N&amp;umbers</source>
        <translation>الأرقام</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>في الطريق</translation>
    </message>
    <message>
        <source>Message %1</source>
        <extracomment>%1 is a number</extracomment>
        <translation>الرسالة %1</translation>
    </message>
</context>
<context>
    <name>Monitor::FlowsPage</name>
    <message>
        <source>Flows</source>
        <translation>التدفّقات</translation>
    </message>
    <message>
        <source>No flow matches the filter, or the watched processes have none.</source>
        <translation>لا يطابق المرشِّحَ أي تدفّق، أو ليس لدى العمليات المراقَبة تدفّقات.</translation>
    </message>
</context>
<context>
    <name>Monitor::MainWindow</name>
    <message>
        <source>QtDelivery Monitor</source>
        <translation>مراقب QtDelivery</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>الشاشات</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>الوصلات</translation>
    </message>
    <message>
        <source>The watched nodes have no links.</source>
        <translation>ليس للعقد المراقَبة وصلات.</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>الأحداث</translation>
    </message>
    <message>
        <source>Nothing has happened since the monitor looks.</source>
        <translation>لم يحدث شيء منذ بدأ المراقب النظر.</translation>
    </message>
    <message>
        <source>&amp;Routine reports, too, from now on</source>
        <translation>التقارير الروتينية أيضًا، من الآن</translation>
    </message>
    <message>
        <source>Each confirmation and each grant as an event of its own</source>
        <translation>كل تأكيد وكل إذن حدثٌ مستقل</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>التنبيهات</translation>
    </message>
    <message>
        <source>Nothing is wrong, as far as can be seen.</source>
        <translation>لا يوجد خطأ، بقدر ما يُرى.</translation>
    </message>
    <message>
        <source>&amp;Show what explains it</source>
        <translation>عرض ما يفسّره</translation>
    </message>
    <message>
        <source>&amp;Flows</source>
        <translation>التدفّقات</translation>
    </message>
    <message>
        <source>&amp;Links</source>
        <translation>الوصلات</translation>
    </message>
    <message>
        <source>&amp;Storage</source>
        <translation>التخزين</translation>
    </message>
    <message>
        <source>&amp;Events</source>
        <translation>الأحداث</translation>
    </message>
    <message>
        <source>&amp;Alerts</source>
        <extracomment>the title of the screen of alerts while %1 of them are on</extracomment>
        <translation>التنبيهات</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>ملف</translation>
    </message>
    <message>
        <source>Watch &amp;running processes</source>
        <translation>مراقبة العمليات الجارية</translation>
    </message>
    <message>
        <source>Watch a &amp;socket…</source>
        <translation>مراقبة مقبس…</translation>
    </message>
    <message>
        <source>Show a &amp;demonstration</source>
        <translation>عرض توضيحي</translation>
    </message>
    <message>
        <source>R&amp;ecord…</source>
        <translation>تسجيل…</translation>
    </message>
    <message>
        <source>&amp;Open a recording…</source>
        <translation>فتح تسجيل…</translation>
    </message>
    <message>
        <source>Export the &amp;table…</source>
        <translation>تصدير الجدول…</translation>
    </message>
    <message>
        <source>Save the &amp;picture…</source>
        <translation>حفظ الصورة…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>خروج</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>مساعدة</translation>
    </message>
    <message>
        <source>&amp;How to read the pictures</source>
        <translation>كيف تُقرأ الصور</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>حول</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>عرض</translation>
    </message>
    <message>
        <source>F&amp;ilter</source>
        <translation>ترشيح</translation>
    </message>
    <message>
        <source>&amp;Pause the picture over time</source>
        <translation>إيقاف صورة الزمن مؤقتًا</translation>
    </message>
    <message>
        <source>Show l&amp;ess time</source>
        <translation>عرض وقت أقل</translation>
    </message>
    <message>
        <source>Show &amp;more time</source>
        <translation>عرض وقت أكثر</translation>
    </message>
    <message>
        <source>&amp;Clear the events</source>
        <translation>مسح الأحداث</translation>
    </message>
    <message>
        <source>The recording is saved as %1.</source>
        <extracomment>%1 is a file name</extracomment>
        <translation>حُفظ التسجيل باسم %1.</translation>
    </message>
    <message>
        <source>A recording is shown; running processes can be recorded.</source>
        <translation>يُعرض تسجيل؛ يمكن تسجيل العمليات الجارية.</translation>
    </message>
    <message>
        <source>Record to</source>
        <translation>التسجيل في</translation>
    </message>
    <message>
        <source>Recordings (*.qtdrec)</source>
        <translation>تسجيلات (*.qtdrec)</translation>
    </message>
    <message>
        <source>Watch a socket</source>
        <translation>مراقبة مقبس</translation>
    </message>
    <message>
        <source>The socket of a process (MonitorServer::socketPath()):</source>
        <translation>مقبس العملية (MonitorServer::socketPath()):</translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation>فتح تسجيل</translation>
    </message>
    <message>
        <source>Recordings (*.qtdrec);;All files (*)</source>
        <translation>تسجيلات (*.qtdrec);;كل الملفات (*)</translation>
    </message>
    <message>
        <source>Nodes: %1   Flows: %2</source>
        <extracomment>%1 and %2 are numbers</extracomment>
        <translation>العقد: %1   التدفّقات: %2</translation>
    </message>
    <message>
        <source>Busy, no news: %1</source>
        <extracomment>%1 is a list of nodes</extracomment>
        <translation>مشغول، لا أخبار: %1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>، </translation>
    </message>
    <message>
        <source>● Recording, %1</source>
        <translation>● تسجيل، %1</translation>
    </message>
    <message>
        <source>&amp;Alerts (%1)</source>
        <translation>التنبيهات (%1)</translation>
    </message>
    <message>
        <source>The flow is not there any more.</source>
        <translation>لم يعد التدفّق موجودًا.</translation>
    </message>
    <message>
        <source>There is no picture on this screen.</source>
        <translation>لا توجد صورة على هذه الشاشة.</translation>
    </message>
    <message>
        <source>How to read the pictures</source>
        <translation>كيف تُقرأ الصور</translation>
    </message>
    <message>
        <source>About QtDelivery Monitor</source>
        <translation>حول مراقب QtDelivery</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;QtDelivery Monitor %1&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Shows how messages flow between programs that use QtDelivery. It only looks: it cannot change, or slow, what it shows.&lt;/p&gt;&lt;p&gt;MIT licence.&lt;/p&gt;</source>
        <extracomment>%1 is a version</extracomment>
        <translation>&lt;p&gt;&lt;b&gt;مراقب QtDelivery %1&lt;/b&gt;&lt;/p&gt;&lt;p&gt;يعرض كيف تتدفّق الرسائل بين البرامج التي تستخدم QtDelivery. هو ينظر فقط: لا يستطيع أن يغيّر ما يعرضه ولا أن يبطئه.&lt;/p&gt;&lt;p&gt;رخصة MIT.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1 cannot be made.</source>
        <extracomment>%1 is a directory</extracomment>
        <translation>تعذّر إنشاء %1.</translation>
    </message>
    <message>
        <source>%1 cannot be written.</source>
        <extracomment>%1 is a file name</extracomment>
        <translation>تعذّرت كتابة %1.</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Flows&lt;/b&gt;: each row is a flow, from its producer to its consumer. “Why it does not move” says whose turn it is.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Window&lt;/b&gt;: each message is a cell, by its number from left to right; what the producer knows is above, what the consumer knows below. The arrow is the window&apos;s edge: up to there the producer may send. A bar between the two marks where they differ.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Over time&lt;/b&gt;: the slope of a line is a rate, the distance between two lines what is under way. Shaded times are those in which the flow was held up.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Large messages&lt;/b&gt;: each cell is a part of a message that travels in parts.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Storage&lt;/b&gt;: how often the disk took how long; each bar is twice as long a time as the one before.&lt;/p&gt;&lt;p&gt;“In words” tells the same as text. The wheel or + and − zoom, dragging or the arrow keys move; End goes back to now. Shift+F1 explains any part of the window.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;التدفّقات&lt;/b&gt;: كل صف تدفّق، من منتِجه إلى مستهلكه. يبيّن عمود «لماذا لا يتحرّك» على مَن الدور.&lt;/p&gt;&lt;p&gt;&lt;b&gt;النافذة&lt;/b&gt;: كل رسالة خلية، بترتيب أرقامها؛ ما يعرفه المنتِج في الأعلى، وما يعرفه المستهلك في الأسفل. السهم حافة النافذة: حتى هناك يجوز للمنتِج أن يرسل. ويدل شريط بينهما على موضع الاختلاف.&lt;/p&gt;&lt;p&gt;&lt;b&gt;عبر الزمن&lt;/b&gt;: ميل الخط معدّل، والمسافة بين خطين ما هو في الطريق. الأوقات المظلَّلة هي التي أُعيق فيها التدفّق.&lt;/p&gt;&lt;p&gt;&lt;b&gt;الرسائل الكبيرة&lt;/b&gt;: كل خلية جزء من رسالة تنتقل على أجزاء.&lt;/p&gt;&lt;p&gt;&lt;b&gt;التخزين&lt;/b&gt;: كم مرة احتاج القرص إلى كم من الوقت؛ كل عمود مدّة ضعف التي قبلها.&lt;/p&gt;&lt;p&gt;يقول «بالكلمات» الشيء نفسه نصًّا. العجلة أو + و− للتكبير والتصغير، والسحب أو مفاتيح الأسهم للتحريك؛ وEnd للعودة إلى الآن. يشرح Shift+F1 أي جزء من النافذة.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&amp;Connect over the network…</source>
        <translation>الاتصال عبر الشبكة…</translation>
    </message>
    <message>
        <source>%1 is lost: %2 Once it is back it is watched again.</source>
        <extracomment>%1 is an address, %2 the reason, a sentence</extracomment>
        <translation>فُقد %1: %2 ستُستأنف مراقبته حين يعود.</translation>
    </message>
    <message>
        <source>%1 is watched again.</source>
        <extracomment>%1 is a process</extracomment>
        <translation>استُؤنفت مراقبة %1.</translation>
    </message>
</context>
<context>
    <name>Monitor::PairModel</name>
    <message>
        <source>%1 → %2</source>
        <extracomment>the process %1 sends to the process %2</extracomment>
        <translation>من %1 إلى %2</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>التدفّق</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>الصحة</translation>
    </message>
    <message>
        <source>Why it does not move</source>
        <translation>لماذا لا يتحرّك</translation>
    </message>
    <message>
        <source>Held up by</source>
        <extracomment>who has to do something so that the flow moves</extracomment>
        <translation>يعيقه</translation>
    </message>
    <message>
        <source>Backlog</source>
        <translation>المتراكم</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>المعدّل</translation>
    </message>
    <message>
        <source>Oldest</source>
        <extracomment>the age of the oldest unconfirmed message</extracomment>
        <translation>الأقدم</translation>
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
        <source>Resent</source>
        <translation>أُعيد إرساله</translation>
    </message>
    <message>
        <source>Unconfirmed</source>
        <translation>غير مؤكَّد</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>زمن الذهاب والإياب</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>مؤكَّد</translation>
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
        <source>Process</source>
        <translation>العملية</translation>
    </message>
</context>
<context>
    <name>Monitor::Picture</name>
    <message>
        <source>Save the picture</source>
        <translation>حفظ الصورة</translation>
    </message>
    <message>
        <source>The picture is saved as %1.</source>
        <extracomment>%1 is a file name</extracomment>
        <translation>حُفظت الصورة باسم %1.</translation>
    </message>
    <message>
        <source>&amp;Copy the picture</source>
        <translation>نسخ الصورة</translation>
    </message>
    <message>
        <source>Copy as &amp;text</source>
        <translation>نسخ نصًّا</translation>
    </message>
    <message>
        <source>&amp;Save the picture…</source>
        <translation>حفظ الصورة…</translation>
    </message>
</context>
<context>
    <name>Monitor::PicturePage</name>
    <message>
        <source>In &amp;words</source>
        <translation>بالكلمات</translation>
    </message>
    <message>
        <source>Tells below the picture what it shows</source>
        <translation>يذكر أسفل الصورة ما تعرضه</translation>
    </message>
    <message>
        <source>The picture in words</source>
        <translation>الصورة بالكلمات</translation>
    </message>
</context>
<context>
    <name>Monitor::Playback</name>
    <message>
        <source>%1 cannot be read: %2</source>
        <extracomment>%1 is a file name, %2 are the system&apos;s words</extracomment>
        <translation>تعذّرت قراءة %1: %2</translation>
    </message>
    <message>
        <source>%1 cannot be shown. %2</source>
        <extracomment>%1 is a file name, %2 a sentence</extracomment>
        <translation>تعذّر عرض %1. %2</translation>
    </message>
</context>
<context>
    <name>Monitor::PlaybackBar</name>
    <message>
        <source>Position in the recording</source>
        <translation>الموضع في التسجيل</translation>
    </message>
    <message>
        <source>&amp;Close the recording</source>
        <translation>إغلاق التسجيل</translation>
    </message>
    <message>
        <source>Recording %1</source>
        <extracomment>%1 is a file name</extracomment>
        <translation>التسجيل %1</translation>
    </message>
    <message>
        <source>%1 (%2 of %3)</source>
        <extracomment>%1 is date and time, %2 and %3 are times such as 12 s</extracomment>
        <translation>%1 (%2 من %3)</translation>
    </message>
</context>
<context>
    <name>Monitor::Recorder</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <extracomment>%1 is a file name, %2 are the system&apos;s words</extracomment>
        <translation>تعذّرت كتابة %1: %2</translation>
    </message>
    <message>
        <source>The recording has reached its greatest size.</source>
        <translation>بلغ التسجيل أكبر حجم له.</translation>
    </message>
    <message>
        <source>The recording cannot be written: %1</source>
        <extracomment>%1 are the system&apos;s words</extracomment>
        <translation>تعذّرت كتابة التسجيل: %1</translation>
    </message>
</context>
<context>
    <name>Monitor::StoragePage</name>
    <message>
        <source>Storage</source>
        <translation>التخزين</translation>
    </message>
    <message>
        <source>No flow keeps its messages or its progress in a durable storage.</source>
        <translation>لا يحفظ أي تدفّق رسائله أو تقدّمه في تخزين دائم.</translation>
    </message>
    <message>
        <source>%1 on %2. %3</source>
        <extracomment>%1 is a flow, %2 a node, %3 sentences about the size of its storage</extracomment>
        <translation>%1 على %2. %3</translation>
    </message>
</context>
<context>
    <name>Monitor::SyncTimes</name>
    <message>
        <source>%1 µs</source>
        <extracomment>%1 is a number of microseconds</extracomment>
        <translation>%1 م.ث.م</translation>
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
        <translation>الحجم: %1، الملفات: %2.</translation>
    </message>
    <message>
        <source>Syncs: %1; half of them took at most %2, 99 of 100 at most %3, the longest at most %4.</source>
        <extracomment>%1 is a number; %2, %3 and %4 are times such as 4 ms</extracomment>
        <translation>المزامنات: %1؛ استغرق نصفها %2 على الأكثر، و99 من 100 منها %3 على الأكثر، وأطولها %4 على الأكثر.</translation>
    </message>
    <message>
        <source>How long syncs of the storage took</source>
        <translation>كم استغرقت مزامنات التخزين</translation>
    </message>
    <message>
        <source>A sync is the moment in which a storage waits until the disk really has what was written. Each bar is a length of time, twice that of the bar before; above it is how many syncs took so long. Ten times as many make a bar higher by always the same, so that few long ones are not overlooked.</source>
        <translation>المزامنة هي اللحظة التي ينتظر فيها التخزين حتى يحفظ القرص فعلاً ما كُتب. كل عمود مدّة، ضعف مدّة العمود الذي قبله؛ وفوقه عدد المزامنات التي استغرقت هذه المدّة. كل عشرة أضعاف ترفع العمود بالقدر نفسه دائمًا، كي لا تُغفَل المزامنات الطويلة القليلة.</translation>
    </message>
    <message>
        <source>This storage does not tell its size and its syncs.</source>
        <translation>هذا التخزين لا يذكر حجمه ولا مزامناته.</translation>
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
        <translation>المرشِّح</translation>
    </message>
    <message>
        <source>Filter of %1</source>
        <extracomment>%1 is the title of a table</extracomment>
        <translation>مرشِّح %1</translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>تصدير الجدول</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv);;JSON (*.json)</source>
        <translation>قيم مفصولة بفواصل (*.csv);;JSON (*.json)</translation>
    </message>
    <message>
        <source>The table is saved as %1.</source>
        <extracomment>%1 is a file name</extracomment>
        <translation>حُفظ الجدول باسم %1.</translation>
    </message>
</context>
<context>
    <name>Monitor::WindowOverTime</name>
    <message>
        <source>Window of the flow over time</source>
        <translation>نافذة التدفّق عبر الزمن</translation>
    </message>
    <message>
        <source>Each line is a boundary: up to which number messages are stored, sent, received, delivered, confirmed. The slope of a line is a rate; the distance between two lines is what is under way. Shaded times are those in which the flow was held up.</source>
        <translation>كل خط حدّ: إلى أي رقم خُزّنت الرسائل وأُرسلت واستُلمت وسُلّمت وأُكّدت. ميل الخط معدّل؛ والمسافة بين خطين ما هو في الطريق. الأوقات المظلَّلة هي التي أُعيق فيها التدفّق.</translation>
    </message>
    <message>
        <source>Select a flow to see its window over time.</source>
        <translation>اختر تدفّقًا لترى نافذته عبر الزمن.</translation>
    </message>
    <message>
        <source>Paused; collecting goes on.</source>
        <translation>موقوف مؤقتًا؛ يستمر الجمع.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is &quot;Sent&quot;, &quot;Received&quot; and so on, %2 a number</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>No flow is selected.</source>
        <translation>لم يُختر أي تدفّق.</translation>
    </message>
    <message>
        <source>Flow %1 from %2 to %3</source>
        <extracomment>%1 is the name of a flow, %2 and %3 are times of the day</extracomment>
        <translation>التدفّق %1 من %2 إلى %3</translation>
    </message>
    <message>
        <source>%1: from %2 to %3, %4</source>
        <extracomment>%1 is &quot;Sent&quot;, &quot;Received&quot; and so on, %2 and %3 are numbers, %4 a rate such as 20/s</extracomment>
        <translation>%1: من %2 إلى %3، %4</translation>
    </message>
    <message>
        <source>%1: for %2</source>
        <extracomment>%1 is why the flow was held up, %2 a time such as 12 s</extracomment>
        <translation>%1: لمدة %2</translation>
    </message>
</context>
<context>
    <name>Monitor::WindowStrip</name>
    <message>
        <source>Window of the flow</source>
        <translation>نافذة التدفّق</translation>
    </message>
    <message>
        <source>Each message is a cell, by its number from left to right. The colour and the hatch say how far it is. Above is what the producer knows, below what the consumer knows; a bar between them marks where they differ.</source>
        <translation>كل رسالة خلية، بترتيب أرقامها. يدل اللون والتظليل على ما بلغته. في الأعلى ما يعرفه المنتِج، وفي الأسفل ما يعرفه المستهلك؛ ويدل شريط بينهما على موضع الاختلاف.</translation>
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
        <source>Select a flow to see its window.</source>
        <translation>اختر تدفّقًا لترى نافذته.</translation>
    </message>
    <message>
        <source>The producer&apos;s process is not watched.</source>
        <translation>عملية المنتِج غير مراقَبة.</translation>
    </message>
    <message>
        <source>No consumer&apos;s process is watched.</source>
        <translation>لا تُراقَب عملية أي مستهلك.</translation>
    </message>
    <message>
        <source>+ %1 more</source>
        <extracomment>%1 is a number of messages that wait beyond the right end of the picture</extracomment>
        <translation>+ %1 أخرى</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <extracomment>a mark where the numbers go on under attachment %1; short</extracomment>
        <translation>الحقبة %1</translation>
    </message>
    <message>
        <source>Message %1</source>
        <extracomment>%1 is the number of a message</extracomment>
        <translation>الرسالة %1</translation>
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
        <translation>غير معروف</translation>
    </message>
    <message>
        <source>A large message: %1 of %2</source>
        <extracomment>%1 and %2 are sizes such as 4 MB</extracomment>
        <translation>رسالة كبيرة: %1 من %2</translation>
    </message>
    <message>
        <source>The oldest unconfirmed: it waits for %1</source>
        <extracomment>%1 is a time such as 12 s</extracomment>
        <translation>أقدم غير المؤكَّدة: تنتظر منذ %1</translation>
    </message>
    <message>
        <source>Asked for in vain, times: %1</source>
        <extracomment>%1 is a number</extracomment>
        <translation>طُلبت بلا جدوى، عدد المرات: %1</translation>
    </message>
    <message>
        <source>Size: about %1, the mean of those unconfirmed</source>
        <extracomment>%1 is a size such as 4 kB</extracomment>
        <translation>الحجم: نحو %1، متوسط غير المؤكَّدة</translation>
    </message>
    <message>
        <source>Asked for again, times: %1</source>
        <extracomment>%1 is a number</extracomment>
        <translation>طُلبت ثانيةً، عدد المرات: %1</translation>
    </message>
    <message>
        <source>No flow is selected.</source>
        <translation>لم يُختر أي تدفّق.</translation>
    </message>
    <message>
        <source>Flow %1</source>
        <extracomment>%1 is the name of a flow</extracomment>
        <translation>التدفّق %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>the messages %1 are in the state %2</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>لا شيء بعد</translation>
    </message>
    <message>
        <source>; </source>
        <translation>؛ </translation>
    </message>
</context>
</TS>
