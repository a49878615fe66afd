// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/codecs.h>

#include "controller/quoted.h"

#include <QCborMap>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

// The outer layer of the codecs: tree <-> bytes, the frame of a data stream, the texts of errors.
// codectree.cpp has the inner one, C++ value <-> tree.

namespace QtDelivery::Detail {

namespace {

/*! First byte of every DataStreamCodec payload; the next format gets another. */
constexpr quint8 StreamFormat = 0xd1;

const QLatin1StringView TypeKey("type");
const QLatin1StringView ValueKey("value");

Error failed(Error::Code code, const TreePath &where, const QString &what)
{
    const QString path = where.toString();
    if (path.isEmpty())
        return Error(code, what);
    //: %1 is a place in a message, such as orders[2].price, %2 is what is wrong there
    return Error(code, QCoreApplication::translate("QtDelivery", "%1: %2").arg(path, what));
}

Result<QCborValue> readCbor(const QByteArray &payload)
{
    QCborParserError error;
    QCborValue tree = QCborValue::fromCbor(payload, &error);
    if (error.error != QCborError::NoError) {
        // A tree of a failed parse must not even be looked at.
        //: %1 is a position in bytes, %2 says what is wrong
        const QString text = QCoreApplication::translate("QtDelivery", "No CBOR at byte %1: %2.");
        return decodeFailed({}, text.arg(QString::number(error.offset), error.errorString()));
    }
    if (error.offset != payload.size()) {
        //: %1 is a position in bytes
        const QString text = QCoreApplication::translate(
            "QtDelivery", "The message ends at byte %1, but the payload does not.");
        return decodeFailed({}, text.arg(error.offset));
    }
    return tree;
}

Result<QCborValue> readJson(const QByteArray &payload)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(payload, &error);
    if (error.error != QJsonParseError::NoError) {
        //: %1 is a position in bytes, %2 says what is wrong
        const QString text = QCoreApplication::translate("QtDelivery", "No JSON at byte %1: %2.");
        return decodeFailed({}, text.arg(QString::number(error.offset), error.errorString()));
    }
    if (document.isObject())
        return QCborValue::fromJsonValue(document.object());
    const QJsonArray array = document.array();
    if (array.size() != 1 || array.at(0).isObject()) {
        return decodeFailed({},
                            QCoreApplication::translate(
                                "QtDelivery",
                                "An object, or an array of one value that is not an object, is "
                                "expected."));
    }
    return QCborValue::fromJsonValue(array.at(0));
}

} // namespace

QString TreePath::toString() const
{
    if (!m_parent)
        return {};
    const QString parent = m_parent->toString();
    if (m_index >= 0)
        return parent + QLatin1Char('[') + QString::number(m_index) + QLatin1Char(']');
    QString name = m_name.toString();
    const QString shown = quoted(name);
    if (shown.size() != name.size() + 2 || shown.mid(1, name.size()) != name)
        name = shown; // it came from a peer and is not fit to be printed as it is
    return parent.isEmpty() ? name : parent + QLatin1Char('.') + name;
}

Error decodeFailed(const TreePath &where, const QString &what)
{
    return failed(Error::Code::DecodeFailed, where, what);
}

Error encodeFailed(const TreePath &where, const QString &what)
{
    return failed(Error::Code::EncodeFailed, where, what);
}

QString unknownTypeText(const QString &tag, const QStringList &known)
{
    //: %1 is the name of a message type that came from a peer, %2 a list of those that are known
    return QCoreApplication::translate("QtDelivery",
                                       "There is no message type %1 here. Known are: %2.")
        .arg(quoted(tag), known.join(QLatin1StringView(", ")));
}

QString noValueText()
{
    return QCoreApplication::translate("QtDelivery", "There is no value to send.");
}

QString ambiguousNameText(const QString &tag)
{
    //: %1 is the name of a message type
    return QCoreApplication::translate("QtDelivery", "Two message types have the name %1.")
        .arg(quoted(tag));
}

QCborValue taggedTree(const QString &tag, const QCborValue &value)
{
    return QCborMap{{TypeKey, tag}, {ValueKey, value}};
}

Error takeTaggedTree(const QCborValue &tree, const TreePath &where, QString *tag, QCborValue *value)
{
    const QCborMap map = tree.toMap();
    if (!tree.isMap() || map.size() != 2 || !map.value(TypeKey).isString()
        || !map.contains(ValueKey)) {
        //: The quoted words are keywords
        return decodeFailed(
            where,
            QCoreApplication::translate(
                "QtDelivery", "An object of \"type\", a string, and \"value\" is expected."));
    }
    *tag = map.value(TypeKey).toString();
    *value = map.value(ValueKey);
    return {};
}

Result<QByteArray> writeTree(const QCborValue &tree, TreeFormat format)
{
    if (format == TreeFormat::Cbor)
        return tree.toCbor();
    const QJsonValue json = tree.toJsonValue();
    const QJsonDocument document =
        json.isObject() ? QJsonDocument(json.toObject()) : QJsonDocument(QJsonArray{json});
    return document.toJson(QJsonDocument::Compact);
}

Result<QCborValue> readTree(const QByteArray &payload, TreeFormat format)
{
    return format == TreeFormat::Cbor ? readCbor(payload) : readJson(payload);
}

void beginWrite(QDataStream &stream)
{
    stream.setVersion(QDataStream::Qt_6_4);
    stream << StreamFormat;
}

Error endWrite(const QDataStream &stream)
{
    if (stream.status() == QDataStream::Ok)
        return {};
    return encodeFailed({}, QCoreApplication::translate("QtDelivery", "The stream refused it."));
}

Error beginRead(QDataStream &stream)
{
    stream.setVersion(QDataStream::Qt_6_4);
    quint8 format = 0;
    stream >> format;
    if (stream.status() == QDataStream::Ok && format == StreamFormat)
        return {};
    return decodeFailed({},
                        QCoreApplication::translate(
                            "QtDelivery", "The payload is not of DataStreamCodec's format."));
}

Error endRead(const QDataStream &stream)
{
    const QString position = QString::number(stream.device()->pos());
    if (stream.status() != QDataStream::Ok) {
        //: %1 is a position in bytes
        const QString text = QCoreApplication::translate(
            "QtDelivery", "The payload is cut short or damaged at byte %1.");
        return decodeFailed({}, text.arg(position));
    }
    if (!stream.atEnd()) {
        //: %1 is a position in bytes
        const QString text = QCoreApplication::translate(
            "QtDelivery", "The message ends at byte %1, but the payload does not.");
        return decodeFailed({}, text.arg(position));
    }
    return {};
}

} // namespace QtDelivery::Detail
