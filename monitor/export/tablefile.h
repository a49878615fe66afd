// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

QT_BEGIN_NAMESPACE
class QAbstractItemModel;
QT_END_NAMESPACE

namespace Monitor {

/*! What the table shows, as comma-separated values (RFC 4180), with its titles. A text that a
    spreadsheet would take for a formula is kept from it by an apostrophe. */
[[nodiscard]] QByteArray csvOf(const QAbstractItemModel &model);
/*! A list of objects: texts and numbers as \a rawRole has them, named by the titles. */
[[nodiscard]] QByteArray jsonOf(const QAbstractItemModel &model, int rawRole);
/*! Writes \a model to \a path: JSON if that ends so, otherwise CSV. Why it cannot, as a whole
    sentence; empty if it is written. */
[[nodiscard]] QString saveTable(const QString &path, const QAbstractItemModel &model, int rawRole);

} // namespace Monitor
