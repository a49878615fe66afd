// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "inputposition.h"

#include <QCborArray>
#include <QCborValue>
#include <QCryptographicHash>
#include <QFileInfo>

namespace Cli {

InputPosition InputPosition::beginOf(const QStringList &files)
{
    InputPosition position;
    for (const QString &file : files) {
        if (file == u'-')
            return {};
        position.files.append(QFileInfo(file).absoluteFilePath());
    }
    return position;
}

void InputPosition::advance(const QByteArray &line)
{
    ++lines;
    lastLine = digestOf(line);
}

QByteArray InputPosition::digestOf(const QByteArray &line)
{
    return QCryptographicHash::hash(line, QCryptographicHash::Sha1);
}

QByteArray InputPosition::encode() const
{
    return QCborArray{QCborArray::fromStringList(files), lines, lastLine}.toCborValue().toCbor();
}

std::optional<InputPosition> InputPosition::decode(const QByteArray &bytes)
{
    const QCborArray array = QCborValue::fromCbor(bytes).toArray();
    if (array.size() != 3 || !array[0].isArray() || !array[1].isInteger()
        || !array[2].isByteArray())
        return std::nullopt;
    InputPosition position;
    const QCborArray files = array[0].toArray();
    for (const QCborValue &file : files)
        position.files.append(file.toString());
    position.lines = array[1].toInteger();
    position.lastLine = array[2].toByteArray();
    return position;
}

} // namespace Cli
