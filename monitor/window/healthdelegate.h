// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStyledItemDelegate>

namespace Monitor {

/*! Paints the health of a flow: a shape in its colour before the word. */
class HealthDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit HealthDelegate(QObject *parent = nullptr);

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace Monitor
