// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>
#include <QtDelivery/qtdeliveryglobal.h>
#include <QtDelivery/result.h>

#include <QAnyStringView>
#include <QByteArray>
#include <QCborValue>
#include <QDataStream>
#include <QIODevice>
#include <QJsonValue>
#include <QList>
#include <QMap>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <concepts>
#include <type_traits>
#include <utility>
#include <variant>

/*! \file
    \brief From a message of your own type to a payload and back.

    | codec | written for | readable without Qt |
    |---|---|---|
    | CborCodec | anything; compact and self-describing, the default | yes, RFC 8949 |
    | JsonCodec | people and scripts | yes, RFC 8259 |
    | DataStreamCodec | types that have QDataStream operators already | no |

    A codec is stateless: its functions can be called from every thread. A payload that does not
    decode is Error::Code::DecodeFailed with what is wrong and where, never a default-made value. */

namespace QtDelivery {

/*! \brief What TypedProducer and TypedConsumer need of a codec for messages of type \a T.

    \code
    struct PlainText
    {
        static QtDelivery::Result<QByteArray> encode(const QString &text) { return text.toUtf8(); }
        static QtDelivery::Result<QString> decode(const QByteArray &payload)
        {
            const QString text = QString::fromUtf8(payload);
            if (text.toUtf8() != payload)
                return QtDelivery::Error(QtDelivery::Error::Code::DecodeFailed, tr("No UTF-8."));
            return text;
        }
    };
    \endcode

    `decode()` gets bytes that somebody else has made: it must accept nothing but what `encode()`
    writes, and answer Error::Code::DecodeFailed otherwise. */
// clang-format off
template <typename Codec, typename T>
concept PayloadCodec = requires(const T &message, const QByteArray &payload) {
    { Codec::encode(message) } -> std::same_as<Result<QByteArray>>;
    { Codec::decode(payload) } -> std::same_as<Result<T>>;
};
// clang-format on

/*! \brief The name that stands for \a T in the encoding of a `std::variant<…, T, …>`.

    By default the C++ name of the type, for integers and floating point `int32`, `uint64`,
    `double` and so on. Specialise it to rename a type and still read what was sent before:

    \code
    template <> struct QtDelivery::MessageName<Order>
    {
        static QString value() { return QStringLiteral("order/1"); }
    };
    \endcode */
template <typename T> struct MessageName
{
    /*! The name. */
    static QString value()
    {
        if constexpr (std::is_same_v<T, bool>)
            return QStringLiteral("bool");
        else if constexpr (std::is_floating_point_v<T>)
            return sizeof(T) == 4 ? QStringLiteral("float") : QStringLiteral("double");
        else if constexpr (std::is_integral_v<T>)
            return (std::is_signed_v<T> ? QStringLiteral("int") : QStringLiteral("uint"))
                + QString::number(8 * sizeof(T));
        else
            return QString::fromUtf8(QMetaType::fromType<T>().name());
    }
};

/*! \brief \a T has functions of the user's own for CBOR, found by argument-dependent look-up.

    They are declared in the namespace of \a T and go before everything that CborCodec knows by
    itself:

    \code
    QCborValue toCbor(const Order &order);
    QtDelivery::Error fromCbor(const QCborValue &value, Order *order);
    \endcode */
// clang-format off
template <typename T>
concept HasCborFunctions = requires(const T &message, const QCborValue &value, T *out) {
    { toCbor(message) } -> std::convertible_to<QCborValue>;
    { fromCbor(value, out) } -> std::same_as<Error>;
};
// clang-format on

/*! \brief As HasCborFunctions, for JSON.

    \code
    QJsonValue toJson(const Order &order);
    QtDelivery::Error fromJson(const QJsonValue &value, Order *order);
    \endcode */
// clang-format off
template <typename T>
concept HasJsonFunctions = requires(const T &message, const QJsonValue &value, T *out) {
    { toJson(message) } -> std::convertible_to<QJsonValue>;
    { fromJson(value, out) } -> std::same_as<Error>;
};
// clang-format on

/*! \brief \a T can be written to and read from a QDataStream. */
// clang-format off
template <typename T>
concept HasStreamOperators = requires(QDataStream &stream, const T &message, T &out) {
    { stream << message } -> std::same_as<QDataStream &>;
    { stream >> out } -> std::same_as<QDataStream &>;
};
// clang-format on

// Not API: the machinery of the codecs. CBOR and JSON share one tree of values, QCborValue, which
// holds everything that either can express; codectree.cpp converts between it and C++ values by
// their meta-type.
namespace Detail {

enum class TreeFormat { Cbor, Json };

/*! Where in a message something is, for errors. Lives on the stack; costs nothing until asked. */
class TreePath
{
public:
    TreePath() = default;
    TreePath(const TreePath &parent, QAnyStringView name)
        : m_parent(&parent)
        , m_name(name)
        , m_depth(parent.m_depth + 1)
    { }
    TreePath(const TreePath &parent, qsizetype index)
        : m_parent(&parent)
        , m_index(index)
        , m_depth(parent.m_depth + 1)
    { }

    /*! How many names and indexes lead here. */
    [[nodiscard]] int depth() const { return m_depth; }
    /*! E.g. "orders[2].price"; empty for the message itself. */
    [[nodiscard]] QTDELIVERY_EXPORT QString toString() const;

private:
    const TreePath *m_parent = nullptr;
    QAnyStringView m_name;
    qsizetype m_index = -1; // -1 = the name counts
    int m_depth = 0;
};

[[nodiscard]] QTDELIVERY_EXPORT Error decodeFailed(const TreePath &where, const QString &what);
[[nodiscard]] QTDELIVERY_EXPORT Error encodeFailed(const TreePath &where, const QString &what);

/*! What is wrong with \a tag, which names none of a variant's types. */
[[nodiscard]] QTDELIVERY_EXPORT QString unknownTypeText(const QString &tag,
                                                        const QStringList &known);
/*! What is wrong with a variant that has no value. */
[[nodiscard]] QTDELIVERY_EXPORT QString noValueText();
/*! What is wrong with a variant of which two types have the name \a tag. */
[[nodiscard]] QTDELIVERY_EXPORT QString ambiguousNameText(const QString &tag);

[[nodiscard]] QTDELIVERY_EXPORT Error toTree(QMetaType type, const void *value, TreeFormat format,
                                             const TreePath &where, QCborValue *out);
[[nodiscard]] QTDELIVERY_EXPORT Error fromTree(const QCborValue &tree, TreeFormat format,
                                               const TreePath &where, QMetaType type, void *out);

/*! A variant's value together with the name of its type, and apart again. */
[[nodiscard]] QTDELIVERY_EXPORT QCborValue taggedTree(const QString &tag, const QCborValue &value);
[[nodiscard]] QTDELIVERY_EXPORT Error takeTaggedTree(const QCborValue &tree, const TreePath &where,
                                                     QString *tag, QCborValue *value);

[[nodiscard]] QTDELIVERY_EXPORT Result<QByteArray> writeTree(const QCborValue &tree,
                                                             TreeFormat format);
[[nodiscard]] QTDELIVERY_EXPORT Result<QCborValue> readTree(const QByteArray &payload,
                                                            TreeFormat format);

QTDELIVERY_EXPORT void beginWrite(QDataStream &stream);
[[nodiscard]] QTDELIVERY_EXPORT Error endWrite(const QDataStream &stream);
[[nodiscard]] QTDELIVERY_EXPORT Error beginRead(QDataStream &stream);
[[nodiscard]] QTDELIVERY_EXPORT Error endRead(const QDataStream &stream);

template <typename T>
concept Gadget = requires
{
    typename T::QtGadgetHelper;
    T::staticMetaObject;
};

/*! The types that codectree.cpp converts. */
template <typename T>
inline constexpr bool IsTreeType =
    std::is_enum_v<T> || Gadget<T> || (std::is_arithmetic_v<T> && !std::is_same_v<T, long double>)
    || std::is_same_v<T, QString> || std::is_same_v<T, QByteArray> || std::is_same_v<T, QVariant>;
template <typename T> inline constexpr bool IsTreeType<QList<T>> = IsTreeType<T>;
template <typename T> inline constexpr bool IsTreeType<QMap<QString, T>> = IsTreeType<T>;

template <TreeFormat Format, typename T>
Error messageToTree(const T &message, const TreePath &where, QCborValue *out);
template <TreeFormat Format, typename T>
Error messageFromTree(const QCborValue &tree, const TreePath &where, T *out);

template <TreeFormat Format, typename... Ts>
Error messageToTree(const std::variant<Ts...> &message, const TreePath &where, QCborValue *out)
{
    if (message.valueless_by_exception())
        return encodeFailed(where, noValueText());
    return std::visit(
        [&]<typename T>(const T &value) {
            const QString tag = MessageName<T>::value();
            if ((qsizetype(MessageName<Ts>::value() == tag) + ...) != 1)
                return encodeFailed(where, ambiguousNameText(tag));
            const TreePath inside(where, tag);
            QCborValue tree;
            Error error = messageToTree<Format>(value, inside, &tree);
            if (!error)
                *out = taggedTree(tag, tree);
            return error;
        },
        message);
}

template <TreeFormat Format, typename... Ts>
Error messageFromTree(const QCborValue &tree, const TreePath &where, std::variant<Ts...> *out)
{
    QString tag;
    QCborValue value;
    if (Error error = takeTaggedTree(tree, where, &tag, &value))
        return error;
    const TreePath inside(where, tag);
    Error error;
    const auto tryType = [&]<typename T>(std::type_identity<T>) {
        if (MessageName<T>::value() != tag)
            return false;
        T alternative{};
        error = messageFromTree<Format>(value, inside, &alternative);
        if (!error)
            out->template emplace<T>(std::move(alternative));
        return true;
    };
    if (!(tryType(std::type_identity<Ts>()) || ...))
        return decodeFailed(where, unknownTypeText(tag, {MessageName<Ts>::value()...}));
    return error;
}

template <TreeFormat Format, typename T>
Error messageToTree(const T &message, const TreePath &where, QCborValue *out)
{
    if constexpr (Format == TreeFormat::Cbor && HasCborFunctions<T>) {
        *out = toCbor(message);
        return {};
    } else if constexpr (Format == TreeFormat::Json && HasJsonFunctions<T>) {
        *out = QCborValue::fromJsonValue(toJson(message));
        return {};
    } else {
        static_assert(
            IsTreeType<T>,
            "give this type Q_GADGET and Q_PROPERTY, or functions toCbor() and fromCbor() "
            "(toJson() and fromJson()) in its namespace");
        return toTree(QMetaType::fromType<T>(), &message, Format, where, out);
    }
}

template <TreeFormat Format, typename T>
Error messageFromTree(const QCborValue &tree, const TreePath &where, T *out)
{
    if constexpr (Format == TreeFormat::Cbor && HasCborFunctions<T>)
        return fromCbor(tree, out);
    else if constexpr (Format == TreeFormat::Json && HasJsonFunctions<T>)
        return fromJson(tree.toJsonValue(), out);
    else
        return fromTree(tree, Format, where, QMetaType::fromType<T>(), out);
}

template <TreeFormat Format, typename T> struct TreeCodec
{
    static_assert(std::is_default_constructible_v<T>, "decoding starts from a default value");

    static Result<QByteArray> encode(const T &message)
    {
        QCborValue tree;
        if (Error error = messageToTree<Format>(message, TreePath(), &tree))
            return error;
        return writeTree(tree, Format);
    }

    static Result<T> decode(const QByteArray &payload)
    {
        const Result<QCborValue> tree = readTree(payload, Format);
        if (!tree)
            return tree.error();
        T message{};
        if (Error error = messageFromTree<Format>(*tree, TreePath(), &message))
            return error;
        return message;
    }
};

} // namespace Detail

/*! \brief Messages as CBOR (RFC 8949).

    \a T is one of these, and nothing has to be registered for it:

    - a Q_GADGET: a map from the name of each property that is stored and writable to its value. A
      property that is missing, unknown, twice there or of another type is an error that names it;
    - `bool`, integers, `float`, `double`; a number that the type cannot hold is an error;
    - an enum: its key if it has Q_ENUM or Q_ENUM_NS, its number otherwise; a Q_FLAG: its number;
    - QString (valid UTF-16), QByteArray;
    - `QList` and `QMap<QString, …>` of these;
    - QVariant, QVariantList and QVariantMap of bool, numbers, strings, byte arrays, lists and maps:
      integers come back as `qlonglong`, or `qulonglong` if they are too large for that;
    - a type with functions of its own, see HasCborFunctions;
    - `std::variant` of all these: a map of `type`, a MessageName, and `value`.

    A gadget's properties may be gadgets, but neither a variant nor a type with functions.

    \code
    using Protocol = std::variant<Order, Cancellation>;
    QtDelivery::TypedProducer<Protocol> producer(&controller);
    \endcode */
template <typename T> struct CborCodec
{
    /*! Error::Code::EncodeFailed if \a message holds something that would not come back. */
    static Result<QByteArray> encode(const T &message)
    {
        return Detail::TreeCodec<Detail::TreeFormat::Cbor, T>::encode(message);
    }

    /*! Error::Code::DecodeFailed unless \a payload is exactly one message. */
    static Result<T> decode(const QByteArray &payload)
    {
        return Detail::TreeCodec<Detail::TreeFormat::Cbor, T>::decode(payload);
    }
};

/*! \brief Messages as JSON (RFC 8259), compact and in UTF-8.

    The types are those of CborCodec, with these differences: byte arrays are base64url strings, and
    not allowed in a QVariant because they would come back as strings; `NaN` and infinity are
    EncodeFailed; numbers above 2^63-1 are strings of digits; functions of the user's own are those
    of HasJsonFunctions. Of a name that is twice in one object the last value counts.

    A message that is not an object is written as the only element of an array: Qt has no document
    of a bare number, and a bare number that is cut short would be another number. */
template <typename T> struct JsonCodec
{
    /*! Error::Code::EncodeFailed if \a message holds something that would not come back. */
    static Result<QByteArray> encode(const T &message)
    {
        return Detail::TreeCodec<Detail::TreeFormat::Json, T>::encode(message);
    }

    /*! Error::Code::DecodeFailed unless \a payload is exactly one message. */
    static Result<T> decode(const QByteArray &payload)
    {
        return Detail::TreeCodec<Detail::TreeFormat::Json, T>::decode(payload);
    }
};

/*! \brief Messages as QDataStream writes them, version QDataStream::Qt_6_4 whatever Qt is used.

    One byte 0xD1 for this format, then the value. Whatever has both QDataStream operators can be a
    message; a `std::variant` of such types is an index and a MessageName, which must fit each
    other, and the value.

    Only for peers that you trust: an operator may believe a length and reserve that much, and a
    QVariant is of whatever type the peer names. */
template <typename T> struct DataStreamCodec
{
    static_assert(std::is_default_constructible_v<T>, "decoding starts from a default value");

    /*! Error::Code::EncodeFailed if the stream refuses \a message. */
    static Result<QByteArray> encode(const T &message)
    {
        QByteArray payload;
        QDataStream stream(&payload, QIODevice::WriteOnly);
        Detail::beginWrite(stream);
        if (Error error = write(stream, message))
            return error;
        if (Error error = Detail::endWrite(stream))
            return error;
        return payload;
    }

    /*! Error::Code::DecodeFailed unless \a payload is exactly one message. */
    static Result<T> decode(const QByteArray &payload)
    {
        QDataStream stream(payload);
        if (Error error = Detail::beginRead(stream))
            return error;
        T message{};
        if (Error error = read(stream, &message))
            return error;
        if (Error error = Detail::endRead(stream))
            return error;
        return message;
    }

private:
    template <typename Value> static Error write(QDataStream &stream, const Value &value)
    {
        static_assert(HasStreamOperators<Value>, "this type needs QDataStream operators");
        stream << value;
        return {};
    }

    template <typename... Ts>
    static Error write(QDataStream &stream, const std::variant<Ts...> &message)
    {
        if (message.valueless_by_exception())
            return Detail::encodeFailed({}, Detail::noValueText());
        stream << quint16(message.index());
        return std::visit(
            [&]<typename Value>(const Value &value) {
                stream << MessageName<Value>::value().toUtf8();
                return write(stream, value);
            },
            message);
    }

    template <typename Value> static Error read(QDataStream &stream, Value *out)
    {
        stream >> *out;
        return {};
    }

    template <typename... Ts> static Error read(QDataStream &stream, std::variant<Ts...> *out)
    {
        quint16 index = 0;
        QByteArray utf8;
        stream >> index >> utf8;
        if (Error error = stream.status() == QDataStream::Ok ? Error() : Detail::endRead(stream))
            return error;
        const QString tag = QString::fromUtf8(utf8);
        Error error;
        quint16 candidate = 0;
        const auto tryType = [&]<typename Value>(std::type_identity<Value>) {
            if (candidate++ != index || MessageName<Value>::value() != tag)
                return false;
            Value alternative{};
            error = read(stream, &alternative);
            if (!error)
                out->template emplace<Value>(std::move(alternative));
            return true;
        };
        if (!(tryType(std::type_identity<Ts>()) || ...)) {
            return Detail::decodeFailed(
                {}, Detail::unknownTypeText(tag, {MessageName<Ts>::value()...}));
        }
        return error;
    }
};

} // namespace QtDelivery
