// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "controller/codecscalars.h"

#include "controller/quoted.h"

#include <QCoreApplication>
#include <QMetaEnum>
#include <QtEndian>

#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <type_traits>

namespace QtDelivery::Detail {

namespace {

/*! Up to here every whole number is a double. */
constexpr qint64 MaxExactDouble = qint64(1) << 53;

/*! What \a tree is, completing "… expected, but there is …". */
QString describe(const QCborValue &tree)
{
    switch (tree.type()) {
    case QCborValue::Integer:
        //: Completes "… expected, but there is …"
        return QCoreApplication::translate("QtDelivery", "a whole number");
    case QCborValue::Double:
        //: Completes "… expected, but there is …"
        return QCoreApplication::translate("QtDelivery", "a number");
    case QCborValue::String:
        //: Completes "… expected, but there is …"
        return QCoreApplication::translate("QtDelivery", "a string");
    case QCborValue::ByteArray:
        //: Completes "… expected, but there is …"
        return QCoreApplication::translate("QtDelivery", "a byte array");
    case QCborValue::Array:
        //: Completes "… expected, but there is …"
        return QCoreApplication::translate("QtDelivery", "a list");
    case QCborValue::Map:
        //: Completes "… expected, but there is …"
        return QCoreApplication::translate("QtDelivery", "an object");
    case QCborValue::False:
    case QCborValue::True:
        //: Completes "… expected, but there is …"
        return QCoreApplication::translate("QtDelivery", "true or false");
    case QCborValue::Null:
    case QCborValue::Undefined:
        //: Completes "… expected, but there is …"
        return QCoreApplication::translate("QtDelivery", "nothing");
    default:
        //: Completes "… expected, but there is …"
        return QCoreApplication::translate("QtDelivery", "something else");
    }
}

Error doesNotFit(const TreePath &where, QMetaType type)
{
    //: %1 is the name of a C++ type
    const QString text =
        QCoreApplication::translate("QtDelivery", "The number does not fit into the type %1.");
    return decodeFailed(where, text.arg(QString::fromUtf8(type.name())));
}

/*! Returns false if \a number is not a value of \a type. */
bool writeInteger(QMetaType type, qint64 number, void *out)
{
    const auto write = [&]<typename Signed, typename Unsigned>(Signed, Unsigned) {
        using Limits = std::numeric_limits<Signed>;
        const auto bits = Unsigned(number);
        const bool fits = isUnsigned(type) ? number >= 0 && quint64(number) == quint64(bits)
                                           : number >= Limits::min() && number <= Limits::max();
        if (fits)
            std::memcpy(out, &bits, sizeof bits);
        return fits;
    };
    switch (type.sizeOf()) {
    case 1:
        return write(qint8(), quint8());
    case 2:
        return write(qint16(), quint16());
    case 4:
        return write(qint32(), quint32());
    default:
        return write(qint64(), quint64());
    }
}

/*! A number that is too large for QCborValue's integers: a bignum, in JSON its digits. */
QCborValue hugeToTree(quint64 number, TreeFormat format)
{
    if (format == TreeFormat::Json)
        return QString::number(number);
    const quint64 bigEndian = qToBigEndian(number);
    const QByteArray bytes(reinterpret_cast<const char *>(&bigEndian), sizeof bigEndian);
    return QCborValue(QCborKnownTags::PositiveBignum, bytes);
}

/*! The opposite; empty if \a tree is not such a number. */
std::optional<quint64> hugeFromTree(const QCborValue &tree, TreeFormat format)
{
    quint64 number = 0;
    if (format == TreeFormat::Json) {
        bool ok = false;
        number = tree.toString().toULongLong(&ok);
        if (!ok || tree.toString() != QString::number(number))
            return {};
    } else {
        const QByteArray bytes = tree.taggedValue().toByteArray();
        if (tree.tag() != QCborTag(QCborKnownTags::PositiveBignum) || bytes.size() != sizeof number)
            return {};
        number = qFromBigEndian<quint64>(bytes.constData());
    }
    if (number <= quint64(std::numeric_limits<qint64>::max()))
        return {}; // there is one way to write each number
    return number;
}

/*! The keys of an enum with Q_ENUM or Q_ENUM_NS; invalid for others and for flags. */
QMetaEnum metaEnumOf(QMetaType type)
{
    const QMetaObject *scope = type.metaObject();
    const QByteArrayView name(type.name());
    const qsizetype colons = name.lastIndexOf("::");
    const QByteArray unqualified = name.sliced(colons < 0 ? 0 : colons + 2).toByteArray();
    const int index = scope ? scope->indexOfEnumerator(unqualified.constData()) : -1;
    const QMetaEnum metaEnum = index < 0 ? QMetaEnum() : scope->enumerator(index);
    return metaEnum.isFlag() ? QMetaEnum() : metaEnum;
}

} // namespace

bool isUnsigned(QMetaType type)
{
    switch (type.id()) {
    case QMetaType::Char:
        return std::is_unsigned_v<char>;
    case QMetaType::Char16:
    case QMetaType::Char32:
    case QMetaType::UChar:
    case QMetaType::UShort:
    case QMetaType::UInt:
    case QMetaType::ULong:
    case QMetaType::ULongLong:
        return true;
    default:
        return type.flags() & QMetaType::IsUnsignedEnumeration;
    }
}

/*! \a example is a tree of the expected type. */
Error wrongType(const TreePath &where, const QCborValue &example, const QCborValue &tree)
{
    //: %1 and %2 are kinds of values, such as "a string" and "a list"
    const QString text = QCoreApplication::translate("QtDelivery", "%1 expected, but there is %2.");
    return decodeFailed(where, text.arg(describe(example), describe(tree)));
}

QString unsupportedText(QMetaType type)
{
    //: %1 is the name of a C++ type
    return QCoreApplication::translate("QtDelivery", "Values of the type %1 cannot be sent.")
        .arg(QString::fromUtf8(type.name()));
}

/*! The 64 bits of an integer or enum of any size; reinterpret them as isUnsigned() says. */
qint64 readInteger(QMetaType type, const void *value)
{
    const auto read = [&]<typename Signed, typename Unsigned>(Signed, Unsigned) {
        Unsigned bits = 0;
        std::memcpy(&bits, value, sizeof bits);
        return isUnsigned(type) ? qint64(bits) : qint64(Signed(bits));
    };
    switch (type.sizeOf()) {
    case 1:
        return read(qint8(), quint8());
    case 2:
        return read(qint16(), quint16());
    case 4:
        return read(qint32(), quint32());
    default:
        return read(qint64(), quint64());
    }
}

QCborValue integerToTree(QMetaType type, const void *value, TreeFormat format)
{
    const qint64 number = readInteger(type, value);
    return number < 0 && isUnsigned(type) ? hugeToTree(quint64(number), format)
                                          : QCborValue(number);
}

Error integerFromTree(const QCborValue &tree, TreeFormat format, const TreePath &where,
                      QMetaType type, void *out)
{
    if (tree.isInteger()) {
        return writeInteger(type, tree.toInteger(), out) ? Error() : doesNotFit(where, type);
    }
    if (const std::optional<quint64> huge = hugeFromTree(tree, format)) {
        if (!isUnsigned(type) || type.sizeOf() != sizeof(quint64))
            return doesNotFit(where, type);
        std::memcpy(out, &*huge, sizeof *huge);
        return {};
    }
    return wrongType(where, QCborValue(0), tree);
}

Error realToTree(QMetaType type, const void *value, TreeFormat format, const TreePath &where,
                 QCborValue *out)
{
    const double number = type.id() == QMetaType::Float ? double(*static_cast<const float *>(value))
                                                        : *static_cast<const double *>(value);
    if (format == TreeFormat::Json && !std::isfinite(number)) {
        return encodeFailed(where,
                            QCoreApplication::translate(
                                "QtDelivery", "Infinity and NaN cannot be written as JSON."));
    }
    *out = number;
    return {};
}

Error realFromTree(const QCborValue &tree, TreeFormat format, const TreePath &where, QMetaType type,
                   void *out)
{
    double number = 0;
    if (tree.isDouble()) {
        number = tree.toDouble();
    } else if (tree.isInteger()) {
        // JSON writes whole doubles like integers; in CBOR it was an integer and must not change.
        if (format == TreeFormat::Cbor
            && (tree.toInteger() > MaxExactDouble || tree.toInteger() < -MaxExactDouble))
            return doesNotFit(where, type);
        number = double(tree.toInteger());
    } else {
        return wrongType(where, QCborValue(0.5), tree);
    }
    if (type.id() == QMetaType::Double) {
        *static_cast<double *>(out) = number;
        return {};
    }
    if (std::isfinite(number) && std::abs(number) > double(std::numeric_limits<float>::max()))
        return doesNotFit(where, type);
    *static_cast<float *>(out) = float(number);
    return {};
}

// ---- strings and bytes

Error stringToTree(const QString &string, const TreePath &where, QCborValue *out)
{
    if (!string.isValidUtf16()) {
        return encodeFailed(
            where, QCoreApplication::translate("QtDelivery", "The string is not valid Unicode."));
    }
    *out = string;
    return {};
}

QCborValue bytesToTree(const QByteArray &bytes, TreeFormat format)
{
    if (format == TreeFormat::Cbor)
        return bytes;
    return QString::fromLatin1(
        bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

Error bytesFromTree(const QCborValue &tree, TreeFormat format, const TreePath &where,
                    QByteArray *out)
{
    if (format == TreeFormat::Cbor) {
        *out = tree.toByteArray();
        return tree.isByteArray() ? Error() : wrongType(where, QCborValue(QByteArray()), tree);
    }
    if (!tree.isString())
        return wrongType(where, QCborValue(QString()), tree);
    const auto decoded = QByteArray::fromBase64Encoding(
        tree.toString().toUtf8(),
        QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals
            | QByteArray::AbortOnBase64DecodingErrors);
    // One way to write each array: bits beyond the last byte, for one, would be lost silently.
    if (!decoded || bytesToTree(*decoded, format) != tree) {
        return decodeFailed(
            where, QCoreApplication::translate("QtDelivery", "The string is not base64url."));
    }
    *out = *decoded;
    return {};
}

// ---- enums

Error enumToTree(QMetaType type, const void *value, const TreePath &where, QCborValue *out)
{
    const qint64 number = readInteger(type, value);
    const QMetaEnum metaEnum = metaEnumOf(type);
    if (!metaEnum.isValid()) {
        *out = number;
        return {};
    }
    const char *key = number == int(number) ? metaEnum.valueToKey(int(number)) : nullptr;
    if (!key) {
        //: %1 is a number, %2 the name of a C++ enum
        const QString text =
            QCoreApplication::translate("QtDelivery", "%1 is not a value of the enum %2.");
        return encodeFailed(where,
                            text.arg(QString::number(number), QString::fromUtf8(type.name())));
    }
    *out = QString::fromUtf8(key);
    return {};
}

Error enumFromTree(const QCborValue &tree, TreeFormat format, const TreePath &where, QMetaType type,
                   void *out)
{
    const QMetaEnum metaEnum = metaEnumOf(type);
    if (!metaEnum.isValid())
        return integerFromTree(tree, format, where, type, out);
    if (!tree.isString())
        return wrongType(where, QCborValue(QString()), tree);
    // QMetaEnum would also take a key with its scope, and one that is cut off by a NUL.
    for (int i = 0; i < metaEnum.keyCount(); ++i) {
        if (tree.toString() == QLatin1StringView(metaEnum.key(i))
            && writeInteger(type,
                            isUnsigned(type) ? qint64(uint(metaEnum.value(i)))
                                             : qint64(metaEnum.value(i)),
                            out)) {
            return {};
        }
    }
    //: %1 is a quoted string, %2 the name of a C++ enum
    const QString text =
        QCoreApplication::translate("QtDelivery", "%1 is not a value of the enum %2.");
    return decodeFailed(where, text.arg(quoted(tree.toString()), QString::fromUtf8(type.name())));
}

} // namespace QtDelivery::Detail
