// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/codecs.h>

#include <QCborArray>
#include <QCborMap>
#include <QFlags>
#include <QJsonObject>

#include <cmath>
#include <variant>

// Messages of a shop, with everything that a codec can meet in a gadget.

namespace Shop {
Q_NAMESPACE

using namespace Qt::StringLiterals;
using QtDelivery::Error;

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

inline QCborValue toCbor(const Point &point)
{
    return QCborArray{point.x, point.y};
}

inline Error fromCbor(const QCborValue &value, Point *out)
{
    const QCborArray array = value.toArray();
    if (array.size() != 2 || !array.at(0).isInteger() || !array.at(1).isInteger())
        return Error(Error::Code::DecodeFailed, u"no point"_s);
    *out = {.x = int(array.at(0).toInteger()), .y = int(array.at(1).toInteger())};
    return {};
}

inline QJsonValue toJson(const Point &point)
{
    return QJsonObject{{u"x"_s, point.x}, {u"y"_s, point.y}};
}

inline Error fromJson(const QJsonValue &value, Point *out)
{
    const QJsonObject object = value.toObject();
    if (!object.value(u"x"_s).isDouble() || !object.value(u"y"_s).isDouble())
        return Error(Error::Code::DecodeFailed, u"no point"_s);
    *out = {.x = object.value(u"x"_s).toInt(), .y = object.value(u"y"_s).toInt()};
    return {};
}

inline QDataStream &operator<<(QDataStream &stream, const Point &point)
{
    return stream << point.x << point.y;
}

inline QDataStream &operator>>(QDataStream &stream, Point &point)
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
    static QString value() { return QStringLiteral("shop/renamed/1"); }
};

namespace Shop {

using Protocol = std::variant<Hello, Order, Point, QString, qint32, qint64, Renamed>;
using StreamProtocol = std::variant<Point, QString, qint32, QByteArray>;

} // namespace Shop

/*! The error of a decoder, with what it made of the payload if it made something. */
template <typename Codec> QtDelivery::Error decodeError(const QByteArray &payload)
{
    return Codec::decode(payload).error();
}

inline QByteArray cbor(const QCborValue &value)
{
    return value.toCbor();
}
