// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "controller/settingsfields.h"

#include <QFile>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <functional>
#include <limits>
#include <optional>

using namespace QtDelivery;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 KiB = 1024;
constexpr qint64 MiB = 1024 * KiB;
constexpr qint64 GiB = 1024 * MiB;
constexpr qint64 Second = 1000;
constexpr qint64 Hour = 3600 * Second;

/*! What the documentation promises of a member. */
struct Promise
{
    const char *name;
    qint64 byDefault;
    qint64 min;
    qint64 max;
    /*! The lower end in the documentation, if it is not a number. */
    const char *documentedMin = nullptr;
};

template <typename Settings> QList<Promise> promises();

template <> QList<Promise> promises<ProducerSettings>()
{
    return {
        {"maxMessageSize", 16 * MiB, 1, GiB},
        {"maxStreamedSize", 64 * GiB, 1, 1024 * 1024 * GiB},
        {"chunkLargeMessages", 64 * 1024, 0, 16 * MiB},
        {"compression", 0, 0, 19},
        {"compressionThreshold", 1024, 1, GiB},
        {"maxUnconfirmedMessages", 65536, 1, 1'000'000},
        {"maxUnconfirmedBytes", 64 * MiB, 1, 1024 * GiB},
        {"resendFirstInterval", Second, 1, 24 * Hour},
        {"resendIntervalMax", 30 * Second, 1, 24 * Hour, "#resendFirstInterval"},
    };
}

template <> QList<Promise> promises<ConsumerSettings>()
{
    return {
        {"flowControlWindow", 1024, 1, 1'000'000},
        {"flowControlWindowBytes", MiB, 1, GiB},
        {"resendIntervalMin", 2 * Second, 1, 24 * Hour},
        {"resendIntervalMax", 30 * Second, 1, 24 * Hour, "#resendIntervalMin"},
        {"maxMessageSize", 16 * MiB, 1, GiB},
        {"spoolThreshold", MiB, 1, GiB},
        {"maxStreamedSize", 64 * GiB, 1, 1024 * 1024 * GiB},
        {"maxPartialMessages", 64, 1, 1'000'000},
        {"cleanupPartialAfter", 168 * Hour, 1, 10'000 * 24 * Hour},
    };
}

template <> QList<Promise> promises<FileQueueSettings>()
{
    return {
        {"segmentSize", 8 * MiB, 64 * KiB, GiB},
        {"snapshotEvery", 1000, 1, 1'000'000},
        {"keepSnapshots", 2, 1, 1000},
        {"cleanupUnusedAfter", Hour, 1, 10'000 * 24 * Hour},
        {"maxMessages", 1'000'000, 1, 1'000'000'000},
        {"maxBytes", GiB, 1, 1024 * GiB},
    };
}

template <> QList<Promise> promises<NodeSettings>()
{
    return {
        {"heartbeatInterval", 15 * Second, 1, 12 * Hour},
        {"heartbeatTimeout", 45 * Second, 2, 24 * Hour, "twice #heartbeatInterval"},
        {"handshakeTimeout", 10 * Second, 1, 24 * Hour},
        {"connectTimeout", 30 * Second, 1, 24 * Hour},
        {"reconnectIntervalMin", 200, 1, 24 * Hour},
        {"reconnectIntervalMax", 30 * Second, 1, 24 * Hour, "#reconnectIntervalMin"},
        {"writeHighWaterMark", 256 * KiB, 1, GiB},
        {"readBufferSize", 256 * KiB, KiB, GiB},
        {"maxFrameLength", 16 * MiB + 64 * KiB, 64 * KiB, GiB + 64 * KiB},
        {"maxLinks", 1024, 1, 1'000'000},
        {"maxLinksPerPeer", 128, 1, 1'000'000},
        {"maxPendingHandshakes", 64, 1, 1'000'000},
        {"maxFlowsPerLink", 100'000, 1, 1'000'000},
        {"maxRegistrationsPerSecond", 10'000, 1, 1'000'000},
        {"maxBytesHeldPerPeer", 128 * MiB, MiB, 1024 * GiB},
        {"maxBytesHeld", GiB, MiB, 1024 * GiB},
        {"maxMessagesPerTurn", 512, 1, 1'000'000},
        {"maxTurnTime", 2, 1, 24 * Hour},
        {"closeTimeout", 5 * Second, 0, 24 * Hour},
    };
}

template <typename Settings> const SettingsField<Settings> &fieldOf(const char *name)
{
    for (const auto &field : SettingsTable<Settings>::fields) {
        if (field.name == QLatin1StringView(name))
            return field;
    }
    qFatal("no row for %s", name);
}

template <typename Settings> qint64 number(const Settings &settings, const char *name)
{
    const auto read = [&](auto member) -> qint64 {
        const auto &value = settings.*member;
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::chrono::milliseconds>)
            return value.count();
        else if constexpr (std::is_same_v<Value, QString>)
            return 0;
        else
            return qint64(value);
    };
    return std::visit(read, fieldOf<Settings>(name).member);
}

template <typename Settings> void setNumber(Settings *settings, const char *name, qint64 number)
{
    const auto write = [&](auto member) {
        auto &value = settings->*member;
        using Value = std::decay_t<decltype(value)>;
        if constexpr (!std::is_same_v<Value, QString>)
            value = Value(number);
    };
    std::visit(write, fieldOf<Settings>(name).member);
}

/*! Valid settings apart from the member \a name, which is \a value: others make way for it. */
template <typename Settings> Settings with(const char *name, qint64 value)
{
    Settings settings;
    setNumber(&settings, name, value);
    for (const auto &order : SettingsTable<Settings>::orders) {
        const std::chrono::milliseconds limit(value);
        if (order.smallerName == QLatin1StringView(name))
            settings.*order.larger = std::max(settings.*order.larger, limit * order.factor);
        if (order.largerName == QLatin1StringView(name) && value >= order.factor)
            settings.*order.smaller = std::min(settings.*order.smaller, limit / order.factor);
    }
    return settings;
}

/*! A test case for one of the structs. */
using Probe = std::function<Error()>;

QString inUnits(qint64 number, std::initializer_list<std::pair<const char *, qint64>> units)
{
    for (const auto &[name, size] : units) {
        if (number % size == 0)
            return u"%1 %2"_s.arg(QString::number(number / size), QLatin1StringView(name));
    }
    return {};
}

/*! \a number as the documentation writes it: 16 MiB, 24 h, 1 000 000. */
QString documented(qint64 number, SettingsUnit unit)
{
    switch (unit) {
    case SettingsUnit::Bytes:
        if (number == 0)
            return u"0 B"_s;
        if (number > 64 * KiB && number % MiB == 64 * KiB)
            return documented(number - 64 * KiB, unit) + u" + 64 KiB"_s;
        return inUnits(number,
                       {{"TiB", 1024 * GiB}, {"GiB", GiB}, {"MiB", MiB}, {"KiB", KiB}, {"B", 1}});
    case SettingsUnit::Milliseconds:
        if (number == 0)
            return u"0 ms"_s;
        if (number > 24 * Hour && number % (24 * Hour) == 0)
            return documented(number / (24 * Hour), SettingsUnit::None) + u" days"_s;
        return inUnits(number, {{"h", Hour}, {"s", Second}, {"ms", 1}});
    case SettingsUnit::None:
    case SettingsUnit::Path:
        break;
    }
    QString digits = QString::number(number);
    if (digits.size() > 4) {
        for (qsizetype i = digits.size() - 3; i > 0; i -= 3)
            digits.insert(i, u' ');
    }
    return digits;
}

/*! The text of a header of the library, without line breaks. */
QString headerText(const QString &name)
{
    QFile file(QFINDTESTDATA(u"../../libqtdelivery/include/QtDelivery/"_s + name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll()).simplified();
}

} // namespace

Q_DECLARE_METATYPE(Probe)

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void everyMemberHasARow();
    void defaults();
    void smallWindowsAreValid_data();
    void smallWindowsAreValid();
    void range_data();
    void range();
    void jitter_data();
    void jitter();
    void nodeId_data();
    void nodeId();
    void spoolDirectory();
    void contradictions_data();
    void contradictions();
    void documentation_data();
    void documentation();

    void roundTrip();
    void storedKeysAndValues();
    void missingKeysKeepDefaults();
    void groupsInsideAreNotRead();
    void badFile_data();
    void badFile();
    void badQueueFile();
    void brokenFile();
    void unreadableFile();

private:
    template <typename Settings> void rangeRows(const char *type);
    template <typename Settings> void documentationRows(const char *type, const QString &header);
    QString iniFile(const QByteArray &content);

    QTemporaryDir m_directory;
    int m_files = 0;
};

void TestSettings::everyMemberHasARow()
{
    // Each of these does not compile any more when a member is added or removed.
    [[maybe_unused]] const auto &[p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14] =
        ProducerSettings{};
    [[maybe_unused]] const auto &[c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14] =
        ConsumerSettings{};
    [[maybe_unused]] const auto &[n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11, n12, n13, n14, n15,
                                  n16, n17, n18, n19, n20, n21, n22, n23] = NodeSettings{};
    [[maybe_unused]] const auto &[f1, f2, f3, f4, f5, f6, f7] = FileQueueSettings{};
    QCOMPARE(SettingsTable<ProducerSettings>::fields.size(), size_t(14));
    QCOMPARE(SettingsTable<FileQueueSettings>::fields.size(), size_t(7));
    QCOMPARE(SettingsTable<ConsumerSettings>::fields.size(), size_t(14));
    QCOMPARE(SettingsTable<NodeSettings>::fields.size(), size_t(23));

    // And no two rows are the same member.
    QSet<QString> names;
    for (const auto &field : SettingsTable<NodeSettings>::fields)
        names.insert(field.name);
    QCOMPARE(names.size(), 23);
}

void TestSettings::defaults()
{
    QVERIFY(!ProducerSettings{}.validate());
    QVERIFY(!ConsumerSettings{}.validate());
    QVERIFY(!NodeSettings{}.validate());
    QVERIFY(!FileQueueSettings{}.validate());
    for (const Promise &promise : promises<ProducerSettings>())
        QCOMPARE(number(ProducerSettings{}, promise.name), promise.byDefault);
    for (const Promise &promise : promises<ConsumerSettings>())
        QCOMPARE(number(ConsumerSettings{}, promise.name), promise.byDefault);
    for (const Promise &promise : promises<NodeSettings>())
        QCOMPARE(number(NodeSettings{}, promise.name), promise.byDefault);
    for (const Promise &promise : promises<FileQueueSettings>())
        QCOMPARE(number(FileQueueSettings{}, promise.name), promise.byDefault);
    QCOMPARE(FileQueueSettings{}.deleteEvents, true);
    QCOMPARE(ConsumerSettings{}.onlyFlowControl, false);
    QCOMPARE(NodeSettings{}.reconnectJitter, 0.2);
    QCOMPARE(NodeSettings{}.allowPlainText, false);
    QCOMPARE(NodeSettings{}.recordEvents, false);
    QVERIFY(NodeSettings{}.nodeId.isEmpty());

    QCOMPARE(ProducerSettings{.maxMessageSize = 5}.maxMessageSize, qint64(5));
    QVERIFY(ProducerSettings{.maxMessageSize = 5} != ProducerSettings{});
}

// R18, H22: windows of 1 and 2 stall for ever in the reference implementations.
void TestSettings::smallWindowsAreValid_data()
{
    QTest::addColumn<int>("window");
    for (const int window : {1, 2, 3, 4, 5, 7, 50, 1'000'000})
        QTest::addRow("H22 window %d", window) << window;
}

void TestSettings::smallWindowsAreValid()
{
    QFETCH(int, window);
    const ConsumerSettings settings{.flowControlWindow = window};
    QCOMPARE(settings.validate(), Error());
}

template <typename Settings> void TestSettings::rangeRows(const char *type)
{
    for (const Promise &promise : promises<Settings>()) {
        const auto add = [&](const char *what, qint64 value, bool valid) {
            const Probe probe = [name = promise.name, value] {
                return with<Settings>(name, value).validate();
            };
            QTest::addRow("%s.%s %s", type, promise.name, what)
                << probe << QString::fromLatin1(promise.name) << value << promise.min << promise.max
                << valid;
        };
        add("default", promise.byDefault, true);
        add("min", promise.min, true);
        add("max", promise.max, true);
        add("min - 1", promise.min - 1, false);
        add("max + 1", promise.max + 1, false);
        add("far below", std::numeric_limits<int>::min(), false);
        add("far above",
            promise.max >= std::numeric_limits<int>::max() ? std::numeric_limits<qint64>::max() / 4
                                                           : std::numeric_limits<int>::max(),
            false);
    }
}

void TestSettings::range_data()
{
    QTest::addColumn<Probe>("validate");
    QTest::addColumn<QString>("name");
    QTest::addColumn<qint64>("value");
    QTest::addColumn<qint64>("min");
    QTest::addColumn<qint64>("max");
    QTest::addColumn<bool>("valid");
    rangeRows<ProducerSettings>("ProducerSettings");
    rangeRows<ConsumerSettings>("ConsumerSettings");
    rangeRows<NodeSettings>("NodeSettings");
    rangeRows<FileQueueSettings>("FileQueueSettings");
}

void TestSettings::range()
{
    QFETCH(Probe, validate);
    QFETCH(QString, name);
    QFETCH(qint64, value);
    QFETCH(qint64, min);
    QFETCH(qint64, max);
    QFETCH(bool, valid);

    const Error error = validate();
    if (valid) {
        QCOMPARE(error, Error());
        return;
    }
    QCOMPARE(error.code(), Error::Code::InvalidSetting);
    QVERIFY2(error.message().startsWith(name + u" is "_s), qPrintable(error.message()));
    for (const qint64 shown : {value, min, max}) {
        QVERIFY2(error.message().contains(QString::number(shown)), qPrintable(error.message()));
    }
}

void TestSettings::jitter_data()
{
    QTest::addColumn<double>("jitter");
    QTest::addColumn<bool>("valid");
    QTest::newRow("0") << 0.0 << true;
    QTest::newRow("1") << 1.0 << true;
    QTest::newRow("half") << 0.5 << true;
    QTest::newRow("below") << -0.001 << false;
    QTest::newRow("above") << 1.001 << false;
    QTest::newRow("NaN") << std::nan("") << false;
    QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << false;
    QTest::newRow("-infinite") << -std::numeric_limits<double>::infinity() << false;
}

void TestSettings::jitter()
{
    QFETCH(double, jitter);
    QFETCH(bool, valid);
    const Error error = NodeSettings{.reconnectJitter = jitter}.validate();
    QCOMPARE(error.code(), valid ? Error::Code::NoError : Error::Code::InvalidSetting);
    QCOMPARE(error.message().contains(u"reconnectJitter"), !valid);
}

void TestSettings::nodeId_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("valid");
    QTest::newRow("H21 none") << QString() << true;
    QTest::newRow("H21 one byte") << u"a"_s << true;
    QTest::newRow("H21 path characters") << u"../a b\\c:*"_s << true;
    QTest::newRow("H21 not ASCII") << u"Düsseldorf ✓"_s << true;
    QTest::newRow("H21 255 bytes") << QString(255, u'x') << true;
    QTest::newRow("H21 256 bytes") << QString(256, u'x') << false;
    QTest::newRow("H21 256 bytes of 128 characters") << QString(128, QChar(0xfc)) << false;
    QTest::newRow("H21 64 KiB") << QString(65536, u'x') << false;
    QTest::newRow("H21 NUL") << QString(u"a"_s + QChar(0)) << false;
    QTest::newRow("H21 line break") << u"a\nb"_s << false;
    QTest::newRow("H21 half a character") << QString(QChar(0xd800)) << false;
}

void TestSettings::nodeId()
{
    QFETCH(QString, id);
    QFETCH(bool, valid);
    const Error error = NodeSettings{.nodeId = id}.validate();
    QCOMPARE(error.code(), valid ? Error::Code::NoError : Error::Code::InvalidSetting);
    QCOMPARE(error.message().contains(u"nodeId"), !valid);
    // A message is one short line, whatever the id was.
    QVERIFY(error.message().size() < 200);
    QVERIFY(!error.message().contains(u'\n'));
    QVERIFY(!error.message().contains(QChar(0)));
}

void TestSettings::spoolDirectory()
{
    ConsumerSettings settings{.spoolDirectory = QString(4096, u'x')};
    QVERIFY(!settings.validate());
    settings.spoolDirectory += u'x';
    QCOMPARE(settings.validate().code(), Error::Code::InvalidSetting);
    settings.spoolDirectory = u"a"_s + QChar(0);
    QCOMPARE(settings.validate().code(), Error::Code::InvalidSetting);
    QVERIFY(settings.validate().message().contains(u"spoolDirectory"));
}

void TestSettings::contradictions_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("message");
    QTest::newRow("producer's intervals")
        << ProducerSettings{.resendFirstInterval = 31s}.validate()
        << u"resendIntervalMax is 30000 ms; it must be at least resendFirstInterval, which is 31000 ms."_s;
    QTest::newRow("producer's intervals are equal")
        << ProducerSettings{.resendFirstInterval = 30s}.validate() << QString();
    QTest::newRow("consumer's intervals")
        << ConsumerSettings{.resendIntervalMax = 1999ms}.validate()
        << u"resendIntervalMax is 1999 ms; it must be at least resendIntervalMin, which is 2000 ms."_s;
    QTest::newRow("reconnect intervals")
        << NodeSettings{.reconnectIntervalMax = 199ms}.validate()
        << u"reconnectIntervalMax is 199 ms; it must be at least reconnectIntervalMin, which is 200 ms."_s;
    QTest::newRow("heartbeat, one too few")
        << NodeSettings{.heartbeatTimeout = 29999ms}.validate()
        << u"heartbeatTimeout is 29999 ms; it must be at least 2 times heartbeatInterval, which is 15000 ms."_s;
    QTest::newRow("heartbeat, just enough")
        << NodeSettings{.heartbeatTimeout = 30s}.validate() << QString();
}

void TestSettings::contradictions()
{
    QFETCH(Error, error);
    QFETCH(QString, message);
    QCOMPARE(error.message(), message);
    QCOMPARE(error.code(), message.isEmpty() ? Error::Code::NoError : Error::Code::InvalidSetting);
}

template <typename Settings>
void TestSettings::documentationRows(const char *type, const QString &header)
{
    const QString text = headerText(header);
    for (const Promise &promise : promises<Settings>()) {
        const QRegularExpression member(
            uR"(/\*! ((?:(?!/\*!).)*?) \*/ [\w:]+ %1 =)"_s.arg(QLatin1StringView(promise.name)));
        const SettingsUnit unit = fieldOf<Settings>(promise.name).unit;
        const QString min = promise.documentedMin ? QString::fromLatin1(promise.documentedMin)
                                                  : documented(promise.min, unit);
        QTest::addRow("%s.%s", type, promise.name)
            << member.match(text).captured(1)
            << u"%1 … %2"_s.arg(min, documented(promise.max, unit))
            << u"default %1"_s.arg(documented(promise.byDefault, unit));
    }
}

void TestSettings::documentation_data()
{
    QTest::addColumn<QString>("comment");
    QTest::addColumn<QString>("range");
    QTest::addColumn<QString>("byDefault");
    documentationRows<ProducerSettings>("ProducerSettings", u"producersettings.h"_s);
    documentationRows<ConsumerSettings>("ConsumerSettings", u"consumersettings.h"_s);
    documentationRows<NodeSettings>("NodeSettings", u"nodesettings.h"_s);
    documentationRows<FileQueueSettings>("FileQueueSettings", u"fileproducerqueue.h"_s);
}

void TestSettings::documentation()
{
    QFETCH(QString, comment);
    QFETCH(QString, range);
    QFETCH(QString, byDefault);
    QVERIFY2(comment.contains(range), qPrintable(comment + u" -- lacks: "_s + range));
    QVERIFY2(comment.contains(byDefault), qPrintable(comment + u" -- lacks: "_s + byDefault));
}

// ---- files

QString TestSettings::iniFile(const QByteArray &content)
{
    QFile file(m_directory.filePath(u"settings%1.ini"_s.arg(++m_files)));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        return {};
    return file.fileName();
}

void TestSettings::roundTrip()
{
    ProducerSettings producer;
    for (const Promise &promise : promises<ProducerSettings>())
        setNumber(&producer, promise.name, promise.max);
    ConsumerSettings consumer;
    for (const Promise &promise : promises<ConsumerSettings>())
        setNumber(&consumer, promise.name, promise.min);
    consumer.onlyFlowControl = true;
    consumer.spoolDirectory = u"/var/spool/a b, %1; \"c\""_s;
    NodeSettings node;
    for (const Promise &promise : promises<NodeSettings>())
        setNumber(&node, promise.name, promise.min);
    node.reconnectJitter = 0.1; // no double is exactly this
    FileQueueSettings queue;
    for (const Promise &promise : promises<FileQueueSettings>())
        setNumber(&queue, promise.name, promise.max);
    queue.deleteEvents = false;
    node.allowPlainText = true;
    node.recordEvents = true;
    node.nodeId = u"@Düsseldorf, \"7\"; %1 = \\n"_s;

    const QString fileName = iniFile({});
    {
        QSettings settings(fileName, QSettings::IniFormat);
        settings.beginGroup(u"producer"_s);
        producer.store(settings);
        settings.endGroup();
        settings.beginGroup(u"flows/consumer"_s);
        consumer.store(settings);
        settings.endGroup();
        settings.beginGroup(u"queue"_s);
        queue.store(settings);
        settings.endGroup();
        node.store(settings);
    }
    QSettings settings(fileName, QSettings::IniFormat);
    ProducerSettings loadedProducer;
    settings.beginGroup(u"producer"_s);
    QCOMPARE(ProducerSettings::load(settings, &loadedProducer), Error());
    QVERIFY(loadedProducer == producer);
    settings.endGroup();
    ConsumerSettings loadedConsumer;
    settings.beginGroup(u"flows/consumer"_s);
    QCOMPARE(ConsumerSettings::load(settings, &loadedConsumer), Error());
    QVERIFY(loadedConsumer == consumer);
    settings.endGroup();
    FileQueueSettings loadedQueue;
    settings.beginGroup(u"queue"_s);
    QCOMPARE(FileQueueSettings::load(settings, &loadedQueue), Error());
    QVERIFY(loadedQueue == queue);
    settings.endGroup();
    NodeSettings loadedNode;
    QCOMPARE(NodeSettings::load(settings, &loadedNode), Error());
    QCOMPARE(loadedNode.nodeId, node.nodeId);
    QVERIFY(loadedNode == node);
}

void TestSettings::storedKeysAndValues()
{
    const QString fileName = iniFile({});
    QSettings settings(fileName, QSettings::IniFormat);
    ConsumerSettings{.onlyFlowControl = true}.store(settings);
    settings.sync();
    QFile file(fileName);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(),
             QByteArray("[General]\n"
                        "cleanupPartialAfter=604800000\n"
                        "flowControlWindow=1024\n"
                        "flowControlWindowBytes=1048576\n"
                        "maxMessageSize=16777216\n"
                        "maxPartialMessages=64\n"
                        "maxStreamedSize=68719476736\n"
                        "onlyFlowControl=true\n"
                        "progressRetryAttempts=10\n"
                        "progressRetryIntervalMax=5000\n"
                        "progressRetryIntervalMin=100\n"
                        "resendIntervalMax=30000\n"
                        "resendIntervalMin=2000\n"
                        "spoolDirectory=\n"
                        "spoolThreshold=1048576\n"));
}

void TestSettings::missingKeysKeepDefaults()
{
    QSettings settings(iniFile("[a]\nflowControlWindow=7\n"), QSettings::IniFormat);
    ConsumerSettings loaded{.flowControlWindowBytes = 1};
    settings.beginGroup(u"a"_s);
    QCOMPARE(ConsumerSettings::load(settings, &loaded), Error());
    QVERIFY(loaded == ConsumerSettings{.flowControlWindow = 7});

    settings.endGroup();
    settings.beginGroup(u"absent"_s);
    QCOMPARE(ConsumerSettings::load(settings, &loaded), Error());
    QVERIFY(loaded == ConsumerSettings{});
}

void TestSettings::groupsInsideAreNotRead()
{
    QSettings settings(iniFile("[a]\nmaxLinks=7\n[a/consumer]\nflowControlWindow=7\n"),
                       QSettings::IniFormat);
    settings.beginGroup(u"a"_s);
    NodeSettings loaded;
    QCOMPARE(NodeSettings::load(settings, &loaded), Error());
    QVERIFY(loaded == NodeSettings{.maxLinks = 7});
}

void TestSettings::badFile_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Error::Code>("code");
    QTest::addColumn<QString>("named"); // how the message begins, after the group

    const auto unknown = [](const char *name, const QByteArray &line, const QString &key) {
        QTest::newRow(name) << line << Error::Code::UnknownSetting << key;
    };
    const auto invalid = [](const char *name, const QByteArray &line, const QString &named) {
        QTest::newRow(name) << line << Error::Code::InvalidSetting << named;
    };
    // R20: a misspelt setting that does nothing.
    unknown("R20 misspelt", "flowControlWindw=7", u"flowControlWindw"_s);
    unknown("R20 other case", "flowcontrolwindow=7", u"flowcontrolwindow"_s);
    unknown("R20 of another struct", "resendFirstInterval=7", u"resendFirstInterval"_s);
    unknown("R20 empty value", "nothing=", u"nothing"_s);
    invalid("zero", "flowControlWindow=0", u"flowControlWindow is 0;"_s);
    invalid("above", "flowControlWindow=1000001", u"flowControlWindow is 1000001;"_s);
    invalid("no int", "flowControlWindow=4294967297", u"flowControlWindow is \"4294967297\";"_s);
    invalid("no 64 bits", "flowControlWindowBytes=18446744073709551617",
            u"flowControlWindowBytes is \"18446744073709551617\";"_s);
    invalid("word", "flowControlWindow=many", u"flowControlWindow is \"many\";"_s);
    invalid("empty", "flowControlWindow=", u"flowControlWindow is \"\";"_s);
    invalid("fraction", "flowControlWindow=7.5", u"flowControlWindow is \"7.5\";"_s);
    invalid("exponent", "flowControlWindow=1e3", u"flowControlWindow is \"1e3\";"_s);
    invalid("hexadecimal", "flowControlWindow=0x10", u"flowControlWindow is \"0x10\";"_s);
    invalid("list", "flowControlWindow=1, 2", u"flowControlWindow is \"1, 2\";"_s);
    invalid("unit", "flowControlWindowBytes=1 MiB", u"flowControlWindowBytes is \"1 MiB\";"_s);
    invalid("duration with unit", "resendIntervalMin=2s", u"resendIntervalMin is \"2s\";"_s);
    invalid("negative duration", "resendIntervalMin=-1", u"resendIntervalMin is -1 ms;"_s);
    invalid("yes", "onlyFlowControl=yes", u"onlyFlowControl is \"yes\";"_s);
    invalid("1", "onlyFlowControl=1", u"onlyFlowControl is \"1\";"_s);
    invalid("byte array", "flowControlWindow=@ByteArray(7)", u"flowControlWindow is \"7\";"_s);
    invalid("no variant", "flowControlWindow=@Invalid()", u"flowControlWindow is \"\";"_s);
    invalid("contradiction", "resendIntervalMin=30001",
            u"resendIntervalMax is 30000 ms; it must be at least flows/resendIntervalMin"_s);
}

void TestSettings::badFile()
{
    QFETCH(QByteArray, line);
    QFETCH(Error::Code, code);
    QFETCH(QString, named);
    QSettings settings(iniFile("[flows]\nmaxMessageSize=5\n" + line + "\n"), QSettings::IniFormat);
    settings.beginGroup(u"flows"_s);
    const ConsumerSettings before{.flowControlWindow = 3, .onlyFlowControl = true};
    ConsumerSettings loaded = before;
    const Error error = ConsumerSettings::load(settings, &loaded);
    QCOMPARE(error.code(), code);
    const QString begin = code == Error::Code::UnknownSetting
        ? u"There is no setting \"flows/%1\"."_s
        : u"flows/%1"_s;
    QVERIFY2(error.message().startsWith(begin.arg(named)), qPrintable(error.message()));
    QVERIFY(loaded == before);
}

/*! A queue's, which is not only a controller's. */
void TestSettings::badQueueFile()
{
    QSettings settings(iniFile("[bad]\nsegmentSize=65535\n[odd]\nsegmentsize=65536\n"),
                       QSettings::IniFormat);
    const FileQueueSettings before{.maxMessages = 3, .maxBytes = 4};
    FileQueueSettings loaded = before;
    settings.beginGroup(u"bad"_s);
    const Error bad = FileQueueSettings::load(settings, &loaded);
    QCOMPARE(bad.code(), Error::Code::InvalidSetting);
    QVERIFY2(bad.message().startsWith(u"bad/segmentSize is 65535 bytes;"),
             qPrintable(bad.message()));
    settings.endGroup();
    settings.beginGroup(u"odd"_s);
    const Error odd = FileQueueSettings::load(settings, &loaded);
    QCOMPARE(odd.code(), Error::Code::UnknownSetting);
    QVERIFY2(odd.message().startsWith(u"There is no setting \"odd/segmentsize\"."),
             qPrintable(odd.message()));
    QVERIFY(loaded == before);
}

void TestSettings::brokenFile()
{
    QSettings settings(iniFile("[flows]\nthis is not a setting\n"), QSettings::IniFormat);
    settings.beginGroup(u"flows"_s);
    NodeSettings loaded{.maxLinks = 3};
    const Error error = NodeSettings::load(settings, &loaded);
    QCOMPARE(error.code(), Error::Code::InvalidSetting);
    QVERIFY(error.message().contains(settings.fileName()));
    QCOMPARE(loaded.maxLinks, 3);
}

void TestSettings::unreadableFile()
{
    // A directory cannot be read as a file, not even by root.
    QSettings settings(m_directory.path(), QSettings::IniFormat);
    NodeSettings loaded{.maxLinks = 3};
    QCOMPARE(NodeSettings::load(settings, &loaded).code(), Error::Code::AccessDenied);
    QCOMPARE(loaded.maxLinks, 3);
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
