// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "shopmessages.h"

#include <QCborArray>
#include <QRegularExpression>
#include <QTest>

#include <functional>
#include <limits>

using namespace QtDelivery;
using namespace Qt::StringLiterals;
using namespace Shop;

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

// What codecs refuse, and in which words.

class TestCodecErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void notANumber();
    void undecodable_data();
    void undecodable();
    void unencodable_data();
    void unencodable();
    void depth();
    void hugeLengths_data();
    void hugeLengths();
    void foreignVariants_data();
    void foreignVariants();
    void errorsAreFitToPrint();
};

void TestCodecErrors::notANumber()
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

void TestCodecErrors::undecodable_data()
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

void TestCodecErrors::undecodable()
{
    QFETCH(Error, error);
    QFETCH(QString, message);
    QCOMPARE(error.message(), message);
    QCOMPARE(error.code(), Error::Code::DecodeFailed);
}

void TestCodecErrors::unencodable_data()
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

void TestCodecErrors::unencodable()
{
    QFETCH(Error, error);
    QFETCH(QString, message);
    QCOMPARE(error.message(), message);
    QCOMPARE(error.code(), Error::Code::EncodeFailed);
}

void TestCodecErrors::depth()
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
void TestCodecErrors::hugeLengths_data()
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

void TestCodecErrors::hugeLengths()
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

void TestCodecErrors::foreignVariants_data()
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

void TestCodecErrors::foreignVariants()
{
    QFETCH(Error, error);
    QFETCH(QString, begin);
    QVERIFY2(error.message().startsWith(begin), qPrintable(error.message()));
    QCOMPARE(error.code(), Error::Code::DecodeFailed);
}

/*! What a peer sends as a name is in the error, but cannot fill a log or forge lines in it. */
void TestCodecErrors::errorsAreFitToPrint()
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

QTEST_GUILESS_MAIN(TestCodecErrors)
#include "tst_codecerrors.moc"
