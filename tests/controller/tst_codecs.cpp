// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "shopmessages.h"

#include <QCborArray>
#include <QRegularExpression>
#include <QTest>

#include <functional>
#include <limits>
#include <optional>

using namespace QtDelivery;
using namespace Qt::StringLiterals;
using namespace Shop;

namespace {

static_assert(PayloadCodec<CborCodec<Order>, Order>);
static_assert(PayloadCodec<JsonCodec<Protocol>, Protocol>);
static_assert(PayloadCodec<DataStreamCodec<QString>, QString>);
static_assert(!PayloadCodec<CborCodec<Order>, Price>);
static_assert(!PayloadCodec<Order, Order>);
static_assert(HasCborFunctions<Point> && HasJsonFunctions<Point> && HasStreamOperators<Point>);
static_assert(!HasCborFunctions<Order> && !HasJsonFunctions<int> && !HasStreamOperators<Order>);

Order bigOrder()
{
    Order order;
    order.number = u"Ä-1 \"\\\n\u2713"_s;
    order.count = std::numeric_limits<quint32>::max();
    order.express = true;
    order.weight = 0.1;
    order.signature = QByteArray("\0\xff\x80 binary", 10);
    order.prices = {{.amount = std::numeric_limits<qint64>::min(), .currency = Currency::Yen},
                    {.amount = std::numeric_limits<qint64>::max(), .currency = Currency::Euro}};
    order.notes = {u"a"_s, QString(), u"c"_s};
    order.extra = {{u"list"_s, QVariantList{true, 5LL, 0.5, u"x"_s, QVariant()}},
                   {u"map"_s, QVariantMap{{u""_s, -1LL}}}};
    order.stock = {{u"pens"_s, 3}, {u"ink"_s, -3}};
    order.anything = u"any"_s;
    order.kind = Order::Return;
    order.setOptions({Order::Wrapped, Order::Insured});
    return order;
}

/*! A value in one encoding, and what the decoder makes of any bytes: without the types. */
struct Sample
{
    QByteArray payload;
    /*! Empty: refused. Otherwise whether the result equals the value. */
    std::function<std::optional<bool>(const QByteArray &, Error *)> decode;
};

template <typename Codec, typename T> Sample sample(const T &value)
{
    static_assert(PayloadCodec<Codec, T>);
    const Result<QByteArray> payload = Codec::encode(value);
    if (!payload)
        qFatal("%s", qPrintable(payload.error().message()));
    const auto decode = [value](const QByteArray &bytes, Error *error) -> std::optional<bool> {
        const Result<T> decoded = Codec::decode(bytes);
        *error = decoded.error();
        if (!decoded)
            return {};
        return *decoded == value;
    };
    return {*payload, decode};
}

template <typename T> void addTreeRows(const char *name, const T &value)
{
    QTest::addRow("CBOR %s", name) << sample<CborCodec<T>>(value);
    QTest::addRow("JSON %s", name) << sample<JsonCodec<T>>(value);
}

template <typename T> void addStreamRow(const char *name, const T &value)
{
    QTest::addRow("QDataStream %s", name) << sample<DataStreamCodec<T>>(value);
}

template <typename T> void addRows(const char *name, const T &value)
{
    addTreeRows(name, value);
    addStreamRow(name, value);
}

} // namespace

Q_DECLARE_METATYPE(Sample)

// What is encoded comes back, and every damage is noticed.

class TestCodecs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void roundTrip_data();
    void roundTrip();
    void truncated_data() { roundTrip_data(); }
    void truncated();
    void trailing_data() { roundTrip_data(); }
    void trailing();
    void damaged_data() { roundTrip_data(); }
    void damaged();
    void foreignFormat_data() { roundTrip_data(); }
    void foreignFormat();
    void written_data();
    void written();
    void notStoredPropertiesStay();
    void messageNames();
    void streamVersion();
};

void TestCodecs::roundTrip_data()
{
    QTest::addColumn<Sample>("sample");
    addRows("true", true);
    addRows("false", false);
    addRows("int8 min", std::numeric_limits<qint8>::min());
    addRows("uint8 max", std::numeric_limits<quint8>::max());
    addRows("int16 min", std::numeric_limits<qint16>::min());
    addRows("uint16 max", std::numeric_limits<quint16>::max());
    addRows("int32 min", std::numeric_limits<qint32>::min());
    addRows("uint32 max", std::numeric_limits<quint32>::max());
    addRows("int64 min", std::numeric_limits<qint64>::min());
    addRows("int64 max", std::numeric_limits<qint64>::max());
    addRows("uint64 max", std::numeric_limits<quint64>::max());
    addRows("uint64 first huge", quint64(1) << 63);
    addRows("uint64 last that is not huge", (quint64(1) << 63) - 1);
    addTreeRows("long", long(-5));
    addTreeRows("unsigned long", 5ul);
    addTreeRows("char", 'x');
    addTreeRows("char16_t", u'x');
    addRows("double", 0.1);
    addRows("double whole", 3.0);
    addRows("double huge", 1e300);
    addRows("double tiny", std::numeric_limits<double>::denorm_min());
    addRows("double 2^53", 9007199254740992.0);
    addRows("double 2^63", 9223372036854775808.0);
    addRows("double -2^62", -4611686018427387904.0);
    addRows("double large, not a round one", 4611686018427389952.0 + 1024);
    addRows("double large, JSON's digits are not its value", 1234567890123456789.0);
    addRows("float", 0.1f);
    addRows("float max", std::numeric_limits<float>::max());
    addRows("empty string", u""_s);
    addRows("string", u"a\0b \u00e4 \u2713 \U0001f600 \"\\"_s);
    addRows("long string", QString(100'000, QChar(0xe4)));
    addRows("empty bytes", QByteArray(""));
    addRows("one byte", QByteArray("\xff", 1));
    addRows("bytes", QByteArray("\0\xff\x80{}[]", 7));
    addRows("long bytes", QByteArray(10'000, '\xfe'));
    addRows("no list", QList<int>());
    addRows("list", QList<int>{1, 2, 3});
    addRows("list of strings", QStringList{u"a"_s, u""_s});
    addTreeRows("list of gadgets", QList<Price>{{}, {.amount = 3}});
    addRows("list of lists", QList<QList<qint64>>{{}, {1, 2}});
    addRows("map", QMap<QString, int>{{u""_s, 1}, {u"b"_s, 2}});
    addRows("map of lists", QMap<QString, QList<bool>>{{u"a"_s, {true}}});
    addRows("variant map",
            QVariantMap{{u"a"_s, 5LL}, {u"b"_s, QVariantList{u"x"_s, 0.5, QVariant(), false}}});
    addRows("variant list", QVariantList{1LL, u"x"_s});
    addRows("variant", QVariant(u"x"_s));
    addTreeRows("variant of a list", QVariant(QVariantList{1LL}));
    addTreeRows("variant of a map", QVariant(QVariantMap{{u"a"_s, 1LL}}));
    QTest::addRow("CBOR variant bytes") << sample<CborCodec<QVariant>>(QVariant(QByteArray("x")));
    QTest::addRow("CBOR variant uint64")
        << sample<CborCodec<QVariant>>(QVariant(std::numeric_limits<quint64>::max()));
    addRows("enum with names", Currency::Yen);
    addRows("enum without names", Shelf::Top);
    addRows("enum without names, large", Shelf::Bottom);
    addTreeRows("no properties", Hello());
    addTreeRows("default gadget", Order());
    addTreeRows("gadget", bigOrder());
    addRows("own functions", Point{.x = -1, .y = 2});
    addTreeRows("Hello of a variant", Protocol(Hello()));
    addTreeRows("Order of a variant", Protocol(bigOrder()));
    addTreeRows("Point of a variant", Protocol(Point{.x = 1}));
    addTreeRows("string of a variant", Protocol(u"x"_s));
    addTreeRows("int32 of a variant", Protocol(qint32(7)));
    addTreeRows("int64 of a variant", Protocol(qint64(7)));
    addTreeRows("renamed of a variant", Protocol(Renamed{.value = 3}));
    addTreeRows("variant of a variant",
                std::variant<int, std::variant<QString, bool>>(std::variant<QString, bool>(true)));
    addStreamRow("Point of a variant", StreamProtocol(Point{.x = 1}));
    addStreamRow("string of a variant", StreamProtocol(u"x"_s));
    addStreamRow("bytes of a variant", StreamProtocol(QByteArray("x")));
}

void TestCodecs::roundTrip()
{
    QFETCH(Sample, sample);
    Error error;
    const std::optional<bool> equal = sample.decode(sample.payload, &error);
    QCOMPARE(error, Error());
    QCOMPARE(equal, std::optional<bool>(true));
}

void TestCodecs::truncated()
{
    QFETCH(Sample, sample);
    // Every length of short payloads; of long ones the ends, where the structure is.
    for (qsizetype size = 0; size < sample.payload.size(); ++size) {
        if (size > 300 && sample.payload.size() - size > 300)
            continue;
        Error error;
        const std::optional<bool> equal = sample.decode(sample.payload.first(size), &error);
        if (equal)
            QVERIFY2(*equal, qPrintable(u"another value from %1 bytes"_s.arg(size)));
        else
            QCOMPARE(error.code(), Error::Code::DecodeFailed);
    }
}

void TestCodecs::trailing()
{
    QFETCH(Sample, sample);
    for (const QByteArray &more : {QByteArray("\0", 1), QByteArray("1"), QByteArray("]"),
                                   QByteArray("\xff", 1), sample.payload}) {
        Error error;
        QVERIFY(!sample.decode(sample.payload + more, &error));
        QCOMPARE(error.code(), Error::Code::DecodeFailed);
        QVERIFY(!error.message().isEmpty());
    }
}

/*! Nothing to compare with, but nothing may crash or hang either; sanitizers look on. */
void TestCodecs::damaged()
{
    QFETCH(Sample, sample);
    // QDataStream reserves what a list's length says and makes whatever a QVariant's type says,
    // with warnings; hence "for peers that you trust" in the class's documentation.
    const QByteArray row(QTest::currentDataTag());
    if (row.startsWith("QDataStream")
        && (row.contains("list") || row.contains("map") || row.contains("variant"))) {
        return;
    }
    for (qsizetype i = 0; i < std::min<qsizetype>(sample.payload.size(), 400); ++i) {
        for (const int change : {0x01, 0x20, 0x40, 0x80, 0xff}) {
            QByteArray damaged = sample.payload;
            damaged[i] = char(damaged[i] ^ change);
            Error error;
            if (!sample.decode(damaged, &error))
                QCOMPARE(error.code(), Error::Code::DecodeFailed);
        }
    }
}

void TestCodecs::foreignFormat()
{
    QFETCH(Sample, sample);
    const QList<QByteArray> foreign{
        QByteArray(),          QByteArray("plain text"),
        QByteArray("<xml/>"),  QByteArray("\xff\xff\xff\xff\xff\xff\xff\xff", 8),
        QByteArray("\xd2", 1), QByteArray("{\"a\":"),
        QByteArray("nul"),
    };
    for (const QByteArray &payload : foreign) {
        Error error;
        QVERIFY2(!sample.decode(payload, &error), payload.toHex().constData());
        QCOMPARE(error.code(), Error::Code::DecodeFailed);
    }
}

// ---- the bytes

void TestCodecs::written_data()
{
    QTest::addColumn<Sample>("sample");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("CBOR number") << sample<CborCodec<int>>(24) << QByteArray::fromHex("1818");
    QTest::newRow("CBOR huge") << sample<CborCodec<quint64>>(std::numeric_limits<quint64>::max())
                               << QByteArray::fromHex("c248ffffffffffffffff");
    QTest::newRow("CBOR gadget") << sample<CborCodec<Price>>(Price{.amount = 5})
                                 << "\xa2\x66"
            + QByteArray("amount\x05\x68"
                         "currency\x64"
                         "Euro");
    QTest::newRow("JSON gadget") << sample<JsonCodec<Price>>(Price{.amount = 5})
                                 << QByteArray(R"({"amount":5,"currency":"Euro"})");
    QTest::newRow("JSON number") << sample<JsonCodec<int>>(24) << QByteArray("[24]");
    QTest::newRow("JSON list") << sample<JsonCodec<QList<int>>>(QList<int>{1, 2})
                               << QByteArray("[[1,2]]");
    QTest::newRow("JSON huge") << sample<JsonCodec<quint64>>(quint64(1) << 63)
                               << QByteArray(R"(["9223372036854775808"])");
    QTest::newRow("JSON bytes") << sample<JsonCodec<QByteArray>>(QByteArray("\xfb\xff", 2))
                                << QByteArray(R"(["-_8"])");
    QTest::newRow("JSON variant") << sample<JsonCodec<Protocol>>(Protocol(qint64(5)))
                                  << QByteArray(R"({"type":"int64","value":5})");
    QTest::newRow("JSON gadget of a variant") << sample<JsonCodec<Protocol>>(Protocol(Hello()))
                                              << QByteArray(R"({"type":"Shop::Hello","value":{}})");
    QTest::newRow("JSON renamed") << sample<JsonCodec<Protocol>>(Protocol(Renamed{.value = 1}))
                                  << QByteArray(R"({"type":"shop/renamed/1","value":{"value":1}})");
    QTest::newRow("QDataStream number")
        << sample<DataStreamCodec<qint32>>(5) << QByteArray::fromHex("d100000005");
    QTest::newRow("QDataStream variant")
        << sample<DataStreamCodec<StreamProtocol>>(StreamProtocol(qint32(5)))
        << QByteArray::fromHex("d1000200000005") + "int32" + QByteArray::fromHex("00000005");
}

void TestCodecs::written()
{
    QFETCH(Sample, sample);
    QFETCH(QByteArray, bytes);
    QCOMPARE(sample.payload.toPercentEncoding(), bytes.toPercentEncoding());
}

void TestCodecs::notStoredPropertiesStay()
{
    Order order;
    order.cache = 5;
    const QByteArray payload = *CborCodec<Order>::encode(order);
    const QCborMap map = QCborValue::fromCbor(payload).toMap();
    QVERIFY(!map.contains("cache"_L1));
    QVERIFY(!map.contains("computed"_L1));
    QCOMPARE(map.size(), 12);
    QCOMPARE(CborCodec<Order>::decode(payload)->cache, 0);

    // Nor can a peer set them.
    QCborMap more = map;
    more["cache"_L1] = 9;
    QCOMPARE(decodeError<CborCodec<Order>>(cbor(more)).message(),
             u"cache: Shop::Order has no such property."_s);
}

void TestCodecs::messageNames()
{
    QCOMPARE(MessageName<bool>::value(), u"bool"_s);
    QCOMPARE(MessageName<qint8>::value(), u"int8"_s);
    QCOMPARE(MessageName<quint16>::value(), u"uint16"_s);
    QCOMPARE(MessageName<long long>::value(), u"int64"_s);
    QCOMPARE(MessageName<float>::value(), u"float"_s);
    QCOMPARE(MessageName<double>::value(), u"double"_s);
    QCOMPARE(MessageName<QString>::value(), u"QString"_s);
    QCOMPARE(MessageName<Order>::value(), u"Shop::Order"_s);
    QCOMPARE(MessageName<Point>::value(), u"Shop::Point"_s);
    QCOMPARE(MessageName<Renamed>::value(), u"shop/renamed/1"_s);
}

/*! A Qt of a later version writes and reads the same bytes. */
void TestCodecs::streamVersion()
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::ReadWrite);
    stream.setVersion(QDataStream::Qt_5_0);
    Detail::beginWrite(stream);
    QCOMPARE(stream.version(), int(QDataStream::Qt_6_4));
}

QTEST_GUILESS_MAIN(TestCodecs)
#include "tst_codecs.moc"
