// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/codecs.h>

#include <QCborArray>
#include <QCborMap>
#include <QFlags>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <variant>

using namespace QtDelivery;
using namespace Qt::StringLiterals;

namespace Shop {
Q_NAMESPACE

enum class Currency : quint8 { Euro = 1, Yen = 250 };
Q_ENUM_NS(Currency)

/*! Without Q_ENUM: has no names at run time. */
enum class Shelf : qint16 { Top = -1, Bottom = 300 };

struct Price
{
    Q_GADGET
    Q_PROPERTY(qint64 amount MEMBER amount)
    Q_PROPERTY(Shop::Currency currency MEMBER currency)

public:
    qint64 amount = 0;
    Currency currency = Currency::Euro;

    friend bool operator==(const Price &, const Price &) = default;
};

struct Order
{
    Q_GADGET
    Q_PROPERTY(QString number MEMBER number)
    Q_PROPERTY(quint32 count MEMBER count)
    Q_PROPERTY(bool express MEMBER express)
    Q_PROPERTY(double weight MEMBER weight)
    Q_PROPERTY(QByteArray signature MEMBER signature)
    Q_PROPERTY(QList<Shop::Price> prices MEMBER prices)
    Q_PROPERTY(QStringList notes MEMBER notes)
    Q_PROPERTY(QVariantMap extra MEMBER extra)
    Q_PROPERTY(QMap<QString, int> stock MEMBER stock)
    Q_PROPERTY(QVariant anything MEMBER anything)
    Q_PROPERTY(Kind kind MEMBER kind)
    Q_PROPERTY(Options options READ options WRITE setOptions)
    Q_PROPERTY(int computed READ computed)
    Q_PROPERTY(int cache MEMBER cache STORED false)

public:
    enum Kind { Sale, Return = -5 };
    Q_ENUM(Kind)
    enum Option { Wrapped = 1, Insured = 4 };
    Q_DECLARE_FLAGS(Options, Option)
    Q_FLAG(Options)

    int computed() const { return 7; }
    Options options() const { return m_options; }
    void setOptions(Options options) { m_options = options; }

    QString number;
    quint32 count = 0;
    bool express = false;
    double weight = 0;
    QByteArray signature;
    QList<Price> prices;
    QStringList notes;
    QVariantMap extra;
    QMap<QString, int> stock;
    QVariant anything;
    Kind kind = Sale;
    Options m_options;
    int cache = 0;

    friend bool operator==(const Order &, const Order &) = default;
};

/*! A message that says everything by its type. */
struct Hello
{
    Q_GADGET

public:
    friend bool operator==(const Hello &, const Hello &) = default;
};

/*! With functions of its own. */
struct Point
{
    int x = 0;
    int y = 0;

    friend bool operator==(const Point &, const Point &) = default;
};

QCborValue toCbor(const Point &point)
{
    return QCborArray{point.x, point.y};
}

Error fromCbor(const QCborValue &value, Point *out)
{
    const QCborArray array = value.toArray();
    if (array.size() != 2 || !array.at(0).isInteger() || !array.at(1).isInteger())
        return Error(Error::Code::DecodeFailed, u"no point"_s);
    *out = {.x = int(array.at(0).toInteger()), .y = int(array.at(1).toInteger())};
    return {};
}

QJsonValue toJson(const Point &point)
{
    return QJsonObject{{u"x"_s, point.x}, {u"y"_s, point.y}};
}

Error fromJson(const QJsonValue &value, Point *out)
{
    const QJsonObject object = value.toObject();
    if (!object.value(u"x"_s).isDouble() || !object.value(u"y"_s).isDouble())
        return Error(Error::Code::DecodeFailed, u"no point"_s);
    *out = {.x = object.value(u"x"_s).toInt(), .y = object.value(u"y"_s).toInt()};
    return {};
}

QDataStream &operator<<(QDataStream &stream, const Point &point)
{
    return stream << point.x << point.y;
}

QDataStream &operator>>(QDataStream &stream, Point &point)
{
    return stream >> point.x >> point.y;
}

/*! Its type has a name of its own, see below. */
struct Renamed
{
    Q_GADGET
    Q_PROPERTY(int value MEMBER value)

public:
    int value = 0;

    friend bool operator==(const Renamed &, const Renamed &) = default;
};

} // namespace Shop

template <> struct QtDelivery::MessageName<Shop::Renamed>
{
    static QString value() { return u"shop/renamed/1"_s; }
};

namespace {

/*! Two types with one name. */
struct Left
{
    Q_GADGET
};
struct Right
{
    Q_GADGET
};

} // namespace

template <> struct QtDelivery::MessageName<Left>
{
    static QString value() { return u"same"_s; }
};
template <> struct QtDelivery::MessageName<Right>
{
    static QString value() { return u"same"_s; }
};

namespace {

using namespace Shop;

using Protocol = std::variant<Hello, Order, Point, QString, qint32, qint64, Renamed>;
using StreamProtocol = std::variant<Point, QString, qint32, QByteArray>;

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

/*! The error of a decoder, with what it made of the payload if it made something. */
template <typename Codec> Error decodeError(const QByteArray &payload)
{
    return Codec::decode(payload).error();
}

QByteArray cbor(const QCborValue &value)
{
    return value.toCbor();
}

/*! A list in a list in a list …, \a depth times. */
QVariant nested(int depth)
{
    QVariant value = 1LL;
    for (int i = 0; i < depth; ++i)
        value = QVariantList{value};
    return value;
}

/*! A complete price with one entry changed. */
QCborMap price(const QString &key, const QCborValue &value)
{
    QCborMap map{{u"amount"_s, 5}, {u"currency"_s, u"Euro"_s}};
    map[key] = value;
    return map;
}

} // namespace

Q_DECLARE_METATYPE(Sample)

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
    void notANumber();
    void undecodable_data();
    void undecodable();
    void unencodable_data();
    void unencodable();
    void notStoredPropertiesStay();
    void depth();
    void hugeLengths_data();
    void hugeLengths();
    void foreignVariants_data();
    void foreignVariants();
    void messageNames();
    void streamVersion();
    void errorsAreFitToPrint();
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

void TestCodecs::notANumber()
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    QVERIFY(std::isnan(*CborCodec<double>::decode(*CborCodec<double>::encode(nan))));
    QVERIFY(std::isnan(*CborCodec<float>::decode(*CborCodec<float>::encode(float(nan)))));
    QCOMPARE(*CborCodec<double>::decode(*CborCodec<double>::encode(-infinity)), -infinity);
    QVERIFY(std::isnan(*DataStreamCodec<double>::decode(*DataStreamCodec<double>::encode(nan))));
    QCOMPARE(JsonCodec<double>::encode(nan).error().code(), Error::Code::EncodeFailed);
    QCOMPARE(JsonCodec<double>::encode(infinity).error().code(), Error::Code::EncodeFailed);
}

// ---- refusals

void TestCodecs::undecodable_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const Error &error, const QString &message) {
        QTest::newRow(name) << error << message;
    };
    using PriceCbor = CborCodec<Price>;
    using PriceJson = JsonCodec<Price>;

    row("missing property", decodeError<PriceCbor>(cbor(QCborMap{{u"amount"_s, 5}})),
        u"currency: The property is missing."_s);
    row("unknown property", decodeError<PriceCbor>(cbor(price(u"tax"_s, 5))),
        u"tax: Shop::Price has no such property."_s);
    row("property with a NUL", decodeError<PriceCbor>(cbor(price(u"amount\0x"_s, 5))),
        u"\"amount\ufffdx\": Shop::Price has no such property."_s);
    row("empty name", decodeError<PriceCbor>(cbor(price(QString(), 5))),
        u"Shop::Price has no such property."_s);
    row("not a string as name", decodeError<PriceCbor>(cbor(QCborMap{{5, 5}})),
        u"a string expected, but there is a whole number."_s);
    row("property twice",
        decodeError<PriceCbor>(QByteArray::fromHex("a266616d6f756e740566616d6f756e7405")),
        u"amount: The name is there twice."_s);
    row("string for a number", decodeError<PriceCbor>(cbor(price(u"amount"_s, u"5"_s))),
        u"amount: a whole number expected, but there is a string."_s);
    row("fraction for a number", decodeError<PriceCbor>(cbor(price(u"amount"_s, 0.5))),
        u"amount: a whole number expected, but there is a number."_s);
    row("nothing for a number", decodeError<PriceCbor>(cbor(price(u"amount"_s, nullptr))),
        u"amount: a whole number expected, but there is nothing."_s);
    row("number too large", decodeError<CborCodec<quint8>>(cbor(256)),
        u"The number does not fit into the type uchar."_s);
    row("number too small", decodeError<CborCodec<qint8>>(cbor(-129)),
        u"The number does not fit into the type signed char."_s);
    row("number negative", decodeError<CborCodec<quint64>>(cbor(-1)),
        u"The number does not fit into the type qulonglong."_s);
    row("number huge", decodeError<CborCodec<qint64>>(QByteArray::fromHex("c248ffffffffffffffff")),
        u"The number does not fit into the type qlonglong."_s);
    row("huge number as a plain integer",
        decodeError<CborCodec<quint64>>(QByteArray::fromHex("1bffffffffffffffff")),
        u"a whole number expected, but there is a number."_s);
    row("bignum too long",
        decodeError<CborCodec<quint64>>(QByteArray::fromHex("c24901ffffffffffffffff")),
        u"a whole number expected, but there is something else."_s);
    row("bignum that is not huge",
        decodeError<CborCodec<quint64>>(QByteArray::fromHex("c2480000000000000005")),
        u"a whole number expected, but there is something else."_s);
    row("whole number above 2^53 as a double",
        decodeError<CborCodec<double>>(cbor(9007199254740993LL)),
        u"The number does not fit into the type double."_s);
    row("double as float", decodeError<CborCodec<float>>(cbor(1e300)),
        u"The number does not fit into the type float."_s);
    row("bool", decodeError<CborCodec<bool>>(cbor(1)),
        u"true or false expected, but there is a whole number."_s);
    row("bytes for a string", decodeError<CborCodec<QString>>(cbor(QByteArray("x"))),
        u"a string expected, but there is a byte array."_s);
    row("string for bytes", decodeError<CborCodec<QByteArray>>(cbor(u"x"_s)),
        u"a byte array expected, but there is a string."_s);
    row("unknown key of an enum", decodeError<PriceCbor>(cbor(price(u"currency"_s, u"Pound"_s))),
        u"currency: \"Pound\" is not a value of the enum Shop::Currency."_s);
    row("scope in the key of an enum",
        decodeError<PriceCbor>(cbor(price(u"currency"_s, u"Currency::Euro"_s))),
        u"currency: \"Currency::Euro\" is not a value of the enum Shop::Currency."_s);
    row("number for an enum", decodeError<PriceCbor>(cbor(price(u"currency"_s, 1))),
        u"currency: a string expected, but there is a whole number."_s);
    row("number that does not fit an enum", decodeError<CborCodec<Shelf>>(cbor(40'000)),
        u"The number does not fit into the type Shop::Shelf."_s);
    row("object for a list", decodeError<CborCodec<QList<int>>>(cbor(QCborMap())),
        u"a list expected, but there is an object."_s);
    row("list for an object", decodeError<PriceCbor>(cbor(QCborArray())),
        u"an object expected, but there is a list."_s);
    row("in a list", decodeError<CborCodec<QList<int>>>(cbor(QCborArray{1, u"x"_s})),
        u"[1]: a whole number expected, but there is a string."_s);
    row("in a map", decodeError<CborCodec<QMap<QString, int>>>(cbor(QCborMap{{u"a"_s, u"x"_s}})),
        u"a: a whole number expected, but there is a string."_s);
    row("deep",
        decodeError<CborCodec<QMap<QString, QList<Price>>>>(cbor(
            QCborMap{{u"a"_s, QCborArray{price(u"amount"_s, 1), price(u"amount"_s, u"x"_s)}}})),
        u"a[1].amount: a whole number expected, but there is a string."_s);
    row("key twice in a map",
        decodeError<CborCodec<QVariantMap>>(QByteArray::fromHex("a2616101616102")),
        u"a: The name is there twice."_s);
    row("number as key of a map", decodeError<CborCodec<QVariantMap>>(cbor(QCborMap{{1, 1}})),
        u"a string expected, but there is a whole number."_s);
    row("tag in a variant", decodeError<CborCodec<QVariant>>(QByteArray::fromHex("c11a5114e7bc")),
        u"a whole number expected, but there is something else."_s);
    row("undefined in a variant", decodeError<CborCodec<QVariant>>(QByteArray::fromHex("f7")),
        u"a whole number expected, but there is nothing."_s);
    row("own function", decodeError<CborCodec<Point>>(cbor(5)), u"no point"_s);
    row("not UTF-8", decodeError<CborCodec<QString>>(QByteArray::fromHex("62c328")),
        u"No CBOR at byte 3: Invalid CBOR stream: invalid UTF-8 text string."_s);

    row("JSON bare number", decodeError<JsonCodec<int>>("5"),
        u"No JSON at byte 1: illegal value."_s);
    row("JSON two values", decodeError<JsonCodec<int>>("[5,6]"),
        u"An object, or an array of one value that is not an object, is expected."_s);
    row("JSON object in an array", decodeError<PriceJson>(R"([{"amount":5,"currency":"Euro"}])"),
        u"An object, or an array of one value that is not an object, is expected."_s);
    row("JSON fraction", decodeError<JsonCodec<int>>("[5.5]"),
        u"a whole number expected, but there is a number."_s);
    row("JSON beyond 64 bits", decodeError<JsonCodec<qint64>>("[18446744073709551616]"),
        u"a whole number expected, but there is a number."_s);
    row("JSON digits that are not huge", decodeError<JsonCodec<quint64>>(R"(["5"])"),
        u"a whole number expected, but there is a string."_s);
    row("JSON digits with a sign", decodeError<JsonCodec<quint64>>(R"(["+9223372036854775808"])"),
        u"a whole number expected, but there is a string."_s);
    row("JSON base64", decodeError<JsonCodec<QByteArray>>(R"(["a*b"])"),
        u"The string is not base64url."_s);
    row("JSON base64 with lost bits", decodeError<JsonCodec<QByteArray>>(R"(["AB"])"),
        u"The string is not base64url."_s);
    row("JSON missing property", decodeError<PriceJson>(R"({"amount":5})"),
        u"currency: The property is missing."_s);
    row("JSON null", decodeError<PriceJson>(R"({"amount":null,"currency":"Euro"})"),
        u"amount: a whole number expected, but there is nothing."_s);

    row("QDataStream other format", decodeError<DataStreamCodec<qint32>>(QByteArray(5, '\0')),
        u"The payload is not of DataStreamCodec's format."_s);
    row("QDataStream cut short",
        decodeError<DataStreamCodec<qint32>>(QByteArray::fromHex("d10000")),
        u"The payload is cut short or damaged at byte 3."_s);
    row("QDataStream too long",
        decodeError<DataStreamCodec<qint32>>(QByteArray::fromHex("d10000000500")),
        u"The message ends at byte 5, but the payload does not."_s);
}

void TestCodecs::undecodable()
{
    QFETCH(Error, error);
    QFETCH(QString, message);
    QCOMPARE(error.message(), message);
    QCOMPARE(error.code(), Error::Code::DecodeFailed);
}

void TestCodecs::unencodable_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const Error &error, const QString &message) {
        QTest::newRow(name) << error << message;
    };
    const QString half = QString(QChar(0xd83d));
    row("half a character", CborCodec<QString>::encode(half).error(),
        u"The string is not valid Unicode."_s);
    row("half a character in JSON", JsonCodec<QString>::encode(half).error(),
        u"The string is not valid Unicode."_s);
    row("half a character as key", CborCodec<QVariantMap>::encode({{half, 1}}).error(),
        u"\"\ufffd\": The string is not valid Unicode."_s);
    row("in a list", CborCodec<QStringList>::encode({u"a"_s, half}).error(),
        u"[1]: The string is not valid Unicode."_s);
    row("enum without a key", CborCodec<Currency>::encode(Currency(9)).error(),
        u"9 is not a value of the enum Shop::Currency."_s);
    row("enum in a gadget", CborCodec<Price>::encode({.currency = Currency(9)}).error(),
        u"currency: 9 is not a value of the enum Shop::Currency."_s);
    row("object in a variant",
        CborCodec<QVariantMap>::encode({{u"a"_s, QVariant::fromValue(Price())}}).error(),
        u"a: Values of the type Shop::Price cannot be sent."_s);
    row("bytes in a variant in JSON", JsonCodec<QVariant>::encode(QByteArray("x")).error(),
        u"Values of the type QByteArray cannot be sent."_s);
    row("huge number in a variant in JSON",
        JsonCodec<QVariant>::encode(std::numeric_limits<quint64>::max()).error(),
        u"Values of the type qulonglong cannot be sent."_s);
    row("NaN in JSON", JsonCodec<QVariantMap>::encode({{u"a"_s, std::nan("")}}).error(),
        u"a: Infinity and NaN cannot be written as JSON."_s);
    row("two types of one name", CborCodec<std::variant<Left, Right>>::encode(Right()).error(),
        u"Two message types have the name \"same\"."_s);
}

void TestCodecs::unencodable()
{
    QFETCH(Error, error);
    QFETCH(QString, message);
    QCOMPARE(error.message(), message);
    QCOMPARE(error.code(), Error::Code::EncodeFailed);
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

void TestCodecs::depth()
{
    const QVariant deepest = nested(256);
    QCOMPARE(*CborCodec<QVariant>::decode(*CborCodec<QVariant>::encode(deepest)), deepest);
    QCOMPARE(*JsonCodec<QVariant>::decode(*JsonCodec<QVariant>::encode(deepest)), deepest);
    QCOMPARE(CborCodec<QVariant>::encode(nested(257)).error().message(),
             u"The message is nested too deeply."_s);
    for (const int depth : {257, 1000, 1'000'000}) {
        const QByteArray lists = QByteArray(depth, '\x81') + '\0';
        QCOMPARE(decodeError<CborCodec<QVariant>>(lists).code(), Error::Code::DecodeFailed);
        // One pair for the document, and an empty list is not as deep as one with a number.
        const QByteArray json = QByteArray(depth + 2, '[') + QByteArray(depth + 2, ']');
        QCOMPARE(decodeError<JsonCodec<QVariant>>(json).code(), Error::Code::DecodeFailed);
    }
}

/*! A length is nothing but a peer's word. */
void TestCodecs::hugeLengths_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("bytes, 2^30") << QByteArray("5b0000000040000000");
    QTest::newRow("bytes, 2^64 - 1") << QByteArray("5bffffffffffffffff");
    QTest::newRow("string, 2^30") << QByteArray("7b0000000040000000");
    QTest::newRow("list, 2^27") << QByteArray("9b0000000008000000");
    QTest::newRow("list, 2^64 - 1") << QByteArray("9bffffffffffffffff");
    QTest::newRow("map, 2^27") << QByteArray("bb0000000008000000");
    QTest::newRow("endless bytes") << QByteArray("5f");
    QTest::newRow("endless list") << QByteArray("9f");
}

void TestCodecs::hugeLengths()
{
    QFETCH(QByteArray, hex);
    const QByteArray payload = QByteArray::fromHex(hex);
    QCOMPARE(decodeError<CborCodec<QVariant>>(payload).code(), Error::Code::DecodeFailed);
    QCOMPARE(decodeError<CborCodec<QByteArray>>(payload).code(), Error::Code::DecodeFailed);
    // The strings of QDataStream grow with what has arrived.
    QCOMPARE(decodeError<DataStreamCodec<QByteArray>>(QByteArray::fromHex("d140000000")).code(),
             Error::Code::DecodeFailed);
    QCOMPARE(decodeError<DataStreamCodec<QString>>(QByteArray::fromHex("d140000000")).code(),
             Error::Code::DecodeFailed);
}

void TestCodecs::foreignVariants_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("begin");
    const auto row = [](const char *name, const Error &error, const QString &begin) {
        QTest::newRow(name) << error << begin;
    };
    const QString notTagged = u"An object of \"type\", a string, and \"value\" is expected."_s;
    using Cbor = CborCodec<Protocol>;
    using Json = JsonCodec<Protocol>;
    using Stream = DataStreamCodec<StreamProtocol>;

    row("CBOR unknown type",
        decodeError<Cbor>(cbor(QCborMap{{u"type"_s, u"Shop::Refund"_s}, {u"value"_s, 1}})),
        u"There is no message type \"Shop::Refund\" here. Known are: Shop::Hello, Shop::Order, "
        "Shop::Point, QString, int32, int64, shop/renamed/1."_s);
    row("CBOR old name of a renamed type",
        decodeError<Cbor>(cbor(QCborMap{{u"type"_s, u"Shop::Renamed"_s}, {u"value"_s, 1}})),
        u"There is no message type \"Shop::Renamed\" here."_s);
    row("CBOR value of another type",
        decodeError<Cbor>(cbor(QCborMap{{u"type"_s, u"int32"_s}, {u"value"_s, u"x"_s}})),
        u"int32: a whole number expected, but there is a string."_s);
    row("CBOR int64 in an int32",
        decodeError<Cbor>(cbor(QCborMap{{u"type"_s, u"int32"_s}, {u"value"_s, 1LL << 40}})),
        u"int32: The number does not fit into the type int."_s);
    row("CBOR no type", decodeError<Cbor>(cbor(QCborMap{{u"value"_s, 1}})), notTagged);
    row("CBOR no value", decodeError<Cbor>(cbor(QCborMap{{u"type"_s, u"int32"_s}})), notTagged);
    row("CBOR number as type", decodeError<Cbor>(cbor(QCborMap{{u"type"_s, 1}, {u"value"_s, 1}})),
        notTagged);
    row("CBOR more than that",
        decodeError<Cbor>(cbor(QCborMap{{u"type"_s, u"int32"_s}, {u"value"_s, 1}, {u"more"_s, 1}})),
        notTagged);
    row("CBOR type twice",
        decodeError<Cbor>(QByteArray::fromHex("a2647479706565696e743332647479706565696e743332")),
        notTagged);
    row("CBOR without a tag", decodeError<Cbor>(cbor(5)), notTagged);
    row("JSON unknown type", decodeError<Json>(R"({"type":"x","value":1})"),
        u"There is no message type \"x\" here."_s);
    row("JSON without a tag", decodeError<Json>("[5]"), notTagged);

    const auto stream = [](const char *index, const QByteArray &name) {
        QByteArray size(4, '\0');
        size[3] = char(name.size());
        return QByteArray::fromHex("d1") + QByteArray::fromHex(index) + size + name
            + QByteArray(4, '\0');
    };
    QVERIFY(Stream::decode(stream("0002", "int32")));
    row("QDataStream index without a type", decodeError<Stream>(stream("0004", "int32")),
        u"There is no message type \"int32\" here."_s);
    row("QDataStream index of another type", decodeError<Stream>(stream("0001", "int32")),
        u"There is no message type \"int32\" here."_s);
    row("QDataStream unknown type", decodeError<Stream>(stream("0002", "int16")),
        u"There is no message type \"int16\" here."_s);
    row("QDataStream type cut short", decodeError<Stream>(QByteArray::fromHex("d10002000000ff")),
        u"The payload is cut short or damaged at byte 7."_s);
}

void TestCodecs::foreignVariants()
{
    QFETCH(Error, error);
    QFETCH(QString, begin);
    QVERIFY2(error.message().startsWith(begin), qPrintable(error.message()));
    QCOMPARE(error.code(), Error::Code::DecodeFailed);
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

/*! What a peer sends as a name is in the error, but cannot fill a log or forge lines in it. */
void TestCodecs::errorsAreFitToPrint()
{
    const QString evil = u"a\nWARNING b\x1b[31m"_s + QString(1'000'000, u'x');
    for (const Error &error : {
             decodeError<CborCodec<Price>>(cbor(price(evil, 1))),
             decodeError<CborCodec<Price>>(cbor(price(u"currency"_s, evil))),
             decodeError<CborCodec<Protocol>>(cbor(QCborMap{{u"type"_s, evil}, {u"value"_s, 1}})),
             decodeError<CborCodec<QMap<QString, int>>>(cbor(QCborMap{{evil, u"x"_s}})),
         }) {
        QCOMPARE(error.code(), Error::Code::DecodeFailed);
        QVERIFY2(error.message().size() < 300, qPrintable(error.message().left(400)));
        QVERIFY(!error.message().contains(u'\n'));
        QVERIFY(!error.message().contains(QChar(0x1b)));
    }
}

QTEST_GUILESS_MAIN(TestCodecs)
#include "tst_codecs.moc"
