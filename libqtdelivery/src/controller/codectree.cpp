// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "controller/codecscalars.h"

#include <QAssociativeIterable>
#include <QCborArray>
#include <QCborMap>
#include <QCoreApplication>
#include <QMetaProperty>
#include <QSequentialIterable>

#include <limits>
#include <vector>

// C++ value <-> tree, by meta-type. Each of the functions …ToTree and …FromTree handles one kind of
// value, codecscalars.cpp the simple ones; toTree() and fromTree() choose. Everything that comes
// out of a tree was made by somebody else: it is taken only if it is exactly what the type can
// hold.

namespace QtDelivery::Detail {

namespace {

/*! Deeper messages are refused by both sides: recursion must not be up to the peer. */
constexpr int MaxDepth = 256;

enum class Kind { Unsupported, Bool, Integer, Real, String, Bytes, Any, Enum, Gadget, List, Map };

Kind kindOf(QMetaType type)
{
    switch (type.id()) {
    case QMetaType::UnknownType:
        return Kind::Unsupported;
    case QMetaType::Bool:
        return Kind::Bool;
    case QMetaType::Char:
    case QMetaType::Char16:
    case QMetaType::Char32:
    case QMetaType::SChar:
    case QMetaType::UChar:
    case QMetaType::Short:
    case QMetaType::UShort:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::Long:
    case QMetaType::ULong:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
        return Kind::Integer;
    case QMetaType::Float:
    case QMetaType::Double:
        return Kind::Real;
    case QMetaType::QString:
        return Kind::String;
    case QMetaType::QByteArray:
        return Kind::Bytes;
    case QMetaType::QVariant:
        return Kind::Any;
    default:
        break;
    }
    if (type.flags() & QMetaType::IsEnumeration)
        return Kind::Enum;
    if (type.flags() & QMetaType::IsGadget)
        return Kind::Gadget;
    if (QMetaType::canView(type, QMetaType::fromType<QAssociativeIterable>()))
        return Kind::Map;
    if (QMetaType::canView(type, QMetaType::fromType<QSequentialIterable>()))
        return Kind::List;
    return Kind::Unsupported;
}

QString tooDeepText()
{
    return QCoreApplication::translate("QtDelivery", "The message is nested too deeply.");
}

QString twiceText()
{
    return QCoreApplication::translate("QtDelivery", "The name is there twice.");
}

// ---- QVariant

Error anyToTree(const QVariant &value, TreeFormat format, const TreePath &where, QCborValue *out)
{
    switch (value.typeId()) {
    case QMetaType::UnknownType:
    case QMetaType::Nullptr:
        *out = QCborValue(nullptr);
        return {};
    case QMetaType::Short:
    case QMetaType::UShort:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::Long:
    case QMetaType::ULong:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
        // In JSON a huge number is a string, and nothing would say that it was a number.
        if (format == TreeFormat::Json && isUnsigned(value.metaType())
            && value.toULongLong() > quint64(std::numeric_limits<qint64>::max())) {
            break;
        }
        [[fallthrough]];
    case QMetaType::Bool:
    case QMetaType::Float:
    case QMetaType::Double:
    case QMetaType::QString:
    case QMetaType::QStringList:
    case QMetaType::QVariantList:
    case QMetaType::QVariantMap:
        return toTree(value.metaType(), value.constData(), format, where, out);
    case QMetaType::QByteArray:
        if (format == TreeFormat::Cbor)
            return toTree(value.metaType(), value.constData(), format, where, out);
        break;
    default:
        break;
    }
    return encodeFailed(where, unsupportedText(value.metaType()));
}

template <typename T>
Error typedFromTree(const QCborValue &tree, TreeFormat format, const TreePath &where, QVariant *out)
{
    T value{};
    if (Error error = fromTree(tree, format, where, QMetaType::fromType<T>(), &value))
        return error;
    *out = QVariant::fromValue(value);
    return {};
}

Error anyFromTree(const QCborValue &tree, TreeFormat format, const TreePath &where, QVariant *out)
{
    switch (tree.type()) {
    case QCborValue::Null:
        *out = QVariant();
        return {};
    case QCborValue::False:
    case QCborValue::True:
        *out = tree.toBool();
        return {};
    case QCborValue::Integer:
        *out = tree.toInteger();
        return {};
    case QCborValue::Double:
        *out = tree.toDouble();
        return {};
    case QCborValue::String:
        *out = tree.toString();
        return {};
    case QCborValue::ByteArray:
        *out = tree.toByteArray();
        return {};
    case QCborValue::Array:
        return typedFromTree<QVariantList>(tree, format, where, out);
    case QCborValue::Map:
        return typedFromTree<QVariantMap>(tree, format, where, out);
    default:
        return typedFromTree<quint64>(tree, format, where, out); // a bignum, or nothing we know
    }
}

// ---- lists and maps

/*! An element of a container, which QIterable gives as a QVariant. */
Error elementToTree(QMetaType type, const QVariant &element, TreeFormat format,
                    const TreePath &where, QCborValue *out)
{
    const bool isAny = type.id() == QMetaType::QVariant;
    return toTree(type, isAny ? &element : element.constData(), format, where, out);
}

Error elementFromTree(const QCborValue &tree, TreeFormat format, const TreePath &where,
                      QMetaType type, QVariant *out)
{
    if (type.id() == QMetaType::QVariant)
        return fromTree(tree, format, where, type, out);
    *out = QVariant(type);
    return fromTree(tree, format, where, type, out->data());
}

template <typename Iterable> Iterable viewOf(QMetaType type, const void *container)
{
    Iterable view;
    QMetaType::view(type, const_cast<void *>(container), QMetaType::fromType<Iterable>(), &view);
    return view;
}

Error listToTree(QMetaType type, const void *value, TreeFormat format, const TreePath &where,
                 QCborValue *out)
{
    const auto list = viewOf<QSequentialIterable>(type, value);
    const QMetaType elementType = list.metaContainer().valueMetaType();
    QCborArray array;
    for (const QVariant &element : list) {
        QCborValue tree;
        const TreePath inside(where, array.size());
        if (Error error = elementToTree(elementType, element, format, inside, &tree))
            return error;
        array.append(tree);
    }
    *out = array;
    return {};
}

Error listFromTree(const QCborValue &tree, TreeFormat format, const TreePath &where, QMetaType type,
                   void *out)
{
    if (!tree.isArray())
        return wrongType(where, QCborArray(), tree);
    auto list = viewOf<QSequentialIterable>(type, out);
    const QMetaType elementType = list.metaContainer().valueMetaType();
    const QCborArray array = tree.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        QVariant element;
        const TreePath inside(where, i);
        if (Error error = elementFromTree(array.at(i), format, inside, elementType, &element))
            return error;
        list.addValue(element, QSequentialIterable::AtEnd);
    }
    return {};
}

Error mapToTree(QMetaType type, const void *value, TreeFormat format, const TreePath &where,
                QCborValue *out)
{
    const auto map = viewOf<QAssociativeIterable>(type, value);
    const QMetaAssociation association = map.metaContainer();
    if (association.keyMetaType().id() != QMetaType::QString)
        return encodeFailed(where, unsupportedText(type));
    QCborMap result;
    for (auto it = map.constBegin(); it != map.constEnd(); ++it) {
        const QString key = it.key().toString();
        const TreePath inside(where, key);
        QCborValue keyTree;
        QCborValue tree;
        if (Error error = stringToTree(key, inside, &keyTree))
            return error;
        if (Error error =
                elementToTree(association.mappedMetaType(), it.value(), format, inside, &tree)) {
            return error;
        }
        result.insert(keyTree, tree);
    }
    *out = result;
    return {};
}

Error mapFromTree(const QCborValue &tree, TreeFormat format, const TreePath &where, QMetaType type,
                  void *out)
{
    if (!tree.isMap())
        return wrongType(where, QCborMap(), tree);
    auto map = viewOf<QAssociativeIterable>(type, out);
    const QMetaAssociation association = map.metaContainer();
    if (association.keyMetaType().id() != QMetaType::QString)
        return decodeFailed(where, unsupportedText(type));
    const QCborMap entries = tree.toMap();
    for (auto it = entries.constBegin(); it != entries.constEnd(); ++it) {
        if (!it.key().isString())
            return wrongType(where, QCborValue(QString()), it.key());
        const QString key = it.key().toString();
        const TreePath inside(where, key);
        if (map.containsKey(key))
            return decodeFailed(inside, twiceText());
        QVariant mapped;
        if (Error error = elementFromTree(it.value(), format, inside, association.mappedMetaType(),
                                          &mapped)) {
            return error;
        }
        map.setValue(key, mapped);
    }
    return {};
}

// ---- gadgets

/*! Whether a property is part of the message: a constant or a computed value is not. */
bool isContent(const QMetaProperty &property)
{
    return property.isStored() && property.isReadable() && property.isWritable();
}

Error gadgetToTree(QMetaType type, const void *value, TreeFormat format, const TreePath &where,
                   QCborValue *out)
{
    const QMetaObject *metaObject = type.metaObject();
    QCborMap map;
    for (int i = 0; i < metaObject->propertyCount(); ++i) {
        const QMetaProperty property = metaObject->property(i);
        if (!isContent(property))
            continue;
        const TreePath inside(where, property.name());
        const QVariant content = property.readOnGadget(value);
        QCborValue tree;
        if (Error error = elementToTree(property.metaType(), content, format, inside, &tree)) {
            return error;
        }
        map.insert(QString::fromUtf8(property.name()), tree);
    }
    *out = map;
    return {};
}

Error propertyFromTree(const QCborValue &tree, TreeFormat format, const TreePath &where,
                       const QMetaProperty &property, void *gadget)
{
    QVariant content;
    if (Error error = elementFromTree(tree, format, where, property.metaType(), &content))
        return error;
    // QMetaProperty reads an int out of every enum's variant, whatever the enum's size.
    if (kindOf(property.metaType()) == Kind::Enum)
        content = int(readInteger(property.metaType(), content.constData()));
    if (!property.writeOnGadget(gadget, content))
        return decodeFailed(where, unsupportedText(property.metaType()));
    return {};
}

Error gadgetFromTree(const QCborValue &tree, TreeFormat format, const TreePath &where,
                     QMetaType type, void *out)
{
    if (!tree.isMap())
        return wrongType(where, QCborMap(), tree);
    const QMetaObject *metaObject = type.metaObject();
    std::vector<bool> seen(size_t(metaObject->propertyCount()));
    const QCborMap entries = tree.toMap();
    for (auto it = entries.constBegin(); it != entries.constEnd(); ++it) {
        if (!it.key().isString())
            return wrongType(where, QCborValue(QString()), it.key());
        const QString name = it.key().toString();
        const TreePath inside(where, name);
        const int index = metaObject->indexOfProperty(name.toUtf8().constData());
        // The look-up ends at a NUL, hence the comparison.
        if (index < 0 || !isContent(metaObject->property(index))
            || QString::fromUtf8(metaObject->property(index).name()) != name) {
            //: %1 is the name of a C++ type
            const QString text =
                QCoreApplication::translate("QtDelivery", "%1 has no such property.");
            return decodeFailed(inside, text.arg(QString::fromUtf8(type.name())));
        }
        if (seen[size_t(index)])
            return decodeFailed(inside, twiceText());
        seen[size_t(index)] = true;
        if (Error error =
                propertyFromTree(it.value(), format, inside, metaObject->property(index), out)) {
            return error;
        }
    }
    for (int i = 0; i < metaObject->propertyCount(); ++i) {
        if (isContent(metaObject->property(i)) && !seen[size_t(i)]) {
            const TreePath inside(where, metaObject->property(i).name());
            return decodeFailed(
                inside, QCoreApplication::translate("QtDelivery", "The property is missing."));
        }
    }
    return {};
}

} // namespace

Error toTree(QMetaType type, const void *value, TreeFormat format, const TreePath &where,
             QCborValue *out)
{
    if (where.depth() > MaxDepth)
        return encodeFailed({}, tooDeepText());
    switch (kindOf(type)) {
    case Kind::Unsupported:
        break;
    case Kind::Bool:
        *out = *static_cast<const bool *>(value);
        return {};
    case Kind::Integer:
        *out = integerToTree(type, value, format);
        return {};
    case Kind::Real:
        return realToTree(type, value, format, where, out);
    case Kind::String:
        return stringToTree(*static_cast<const QString *>(value), where, out);
    case Kind::Bytes:
        *out = bytesToTree(*static_cast<const QByteArray *>(value), format);
        return {};
    case Kind::Any:
        return anyToTree(*static_cast<const QVariant *>(value), format, where, out);
    case Kind::Enum:
        return enumToTree(type, value, where, out);
    case Kind::Gadget:
        return gadgetToTree(type, value, format, where, out);
    case Kind::List:
        return listToTree(type, value, format, where, out);
    case Kind::Map:
        return mapToTree(type, value, format, where, out);
    }
    return encodeFailed(where, unsupportedText(type));
}

Error fromTree(const QCborValue &tree, TreeFormat format, const TreePath &where, QMetaType type,
               void *out)
{
    if (where.depth() > MaxDepth)
        return decodeFailed({}, tooDeepText());
    switch (kindOf(type)) {
    case Kind::Unsupported:
        break;
    case Kind::Bool:
        *static_cast<bool *>(out) = tree.toBool();
        return tree.isBool() ? Error() : wrongType(where, QCborValue(true), tree);
    case Kind::Integer:
        return integerFromTree(tree, format, where, type, out);
    case Kind::Real:
        return realFromTree(tree, format, where, type, out);
    case Kind::String:
        *static_cast<QString *>(out) = tree.toString();
        return tree.isString() ? Error() : wrongType(where, QCborValue(QString()), tree);
    case Kind::Bytes:
        return bytesFromTree(tree, format, where, static_cast<QByteArray *>(out));
    case Kind::Any:
        return anyFromTree(tree, format, where, static_cast<QVariant *>(out));
    case Kind::Enum:
        return enumFromTree(tree, format, where, type, out);
    case Kind::Gadget:
        return gadgetFromTree(tree, format, where, type, out);
    case Kind::List:
        return listFromTree(tree, format, where, type, out);
    case Kind::Map:
        return mapFromTree(tree, format, where, type, out);
    }
    return decodeFailed(where, unsupportedText(type));
}

} // namespace QtDelivery::Detail
