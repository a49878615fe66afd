// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "../model/session.h"

#include <QPersistentModelIndex>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QComboBox;
class QSettings;
class QSplitter;
QT_END_NAMESPACE

namespace Monitor {

class FlowDetails;
class TablePage;

/*! \brief All flows in one table, and the chosen one below it. */
class FlowsPage : public QWidget
{
    Q_OBJECT

public:
    explicit FlowsPage(Session *session, QWidget *parent = nullptr);

    [[nodiscard]] TablePage *table() const { return m_table; }
    [[nodiscard]] FlowDetails *details() const { return m_details; }
    /*! Chooses the flow that this end is of; false if it is not there. */
    bool select(const EndKey &end);
    /*! The same by its name. */
    bool select(const QString &title);
    void store(QSettings &settings) const;
    void restore(QSettings &settings);

private:
    void showCurrent();
    void refresh();

    Session *m_session;
    TablePage *m_table;
    FlowDetails *m_details;
    QSplitter *m_splitter;
    QPersistentModelIndex m_current; // in the model of pairs
};

} // namespace Monitor
