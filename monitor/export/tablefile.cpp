// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "tablefile.h"

#include <QAbstractItemModel>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace Monitor {

namespace {

QByteArray csvField(QString text)
{
    bool isNumber = false;
    text.toDouble(&isNumber);
    if (!isNumber && !text.isEmpty() && QStringLiteral("=+-@\t\r").contains(text.front()))
        text.prepend(u'\'');
    const bool isPlain = !text.contains(u',') && !text.contains(u'"') && !text.contains(u'\n')
        && !text.contains(u'\r');
    if (!isPlain)
        text = u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
    return text.toUtf8();
}

} // namespace

QByteArray csvOf(const QAbstractItemModel &model)
{
    QByteArray bytes;
    const int columns = model.columnCount();
    const auto append = [&](int column, const QVariant &value) {
        bytes += csvField(value.toString()) + (column + 1 < columns ? "," : "\r\n");
    };
    for (int column = 0; column < columns; ++column)
        append(column, model.headerData(column, Qt::Horizontal));
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < columns; ++column)
            append(column, model.index(row, column).data());
    }
    return bytes;
}

QByteArray jsonOf(const QAbstractItemModel &model, int rawRole)
{
    QJsonArray rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        QJsonObject object;
        for (int column = 0; column < model.columnCount(); ++column) {
            const QString title = model.headerData(column, Qt::Horizontal).toString();
            object.insert(title, QJsonValue::fromVariant(model.index(row, column).data(rawRole)));
        }
        rows.append(object);
    }
    return QJsonDocument(rows).toJson();
}

QString saveTable(const QString &path, const QAbstractItemModel &model, int rawRole)
{
    const bool isJson = path.endsWith(QLatin1StringView(".json"), Qt::CaseInsensitive);
    const QByteArray bytes = isJson ? jsonOf(model, rawRole) : csvOf(model);
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    //: %1 is a file name, %2 are the system's words
    return QCoreApplication::translate("Monitor", "%1 cannot be written: %2")
        .arg(path, file.errorString());
}

} // namespace Monitor
