// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "../model/session.h"

#include <QPersistentModelIndex>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QSettings;
class QSplitter;
QT_END_NAMESPACE

namespace Monitor {

class PicturePage;
class SyncTimes;
class TablePage;

/*! \brief The flows with a durable storage as a table, and below it how large that of the current
   row is and how long its syncs took. */
class StoragePage : public QWidget
{
    Q_OBJECT

public:
    explicit StoragePage(Session *session, QWidget *parent = nullptr);

    [[nodiscard]] TablePage *table() const { return m_table; }
    [[nodiscard]] SyncTimes *syncTimes() const { return m_syncTimes; }

    void store(QSettings &settings) const;
    void restore(QSettings &settings);

private:
    void showCurrent();
    void refresh();

    Session *m_session;
    TablePage *m_table;
    SyncTimes *m_syncTimes;
    PicturePage *m_picturePage;
    QSplitter *m_splitter;
    QPersistentModelIndex m_current; // of the model
};

} // namespace Monitor
