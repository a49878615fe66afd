// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "../model/session.h"

#include <QTabWidget>

QT_BEGIN_NAMESPACE
class QComboBox;
class QTableWidget;
class QToolButton;
QT_END_NAMESPACE

namespace Monitor {

class ChunkMap;
class Picture;
class PicturePage;
class WindowOverTime;
class WindowStrip;

/*! \brief One flow from all sides: its window, its window over time, its large messages, and every
   number. */
class FlowDetails : public QTabWidget
{
    Q_OBJECT

public:
    enum Tab { WindowTab, OverTimeTab, LargeMessagesTab, NumbersTab };

    explicit FlowDetails(Session *session, QWidget *parent = nullptr);

    /*! Shows the flow of this end; an empty key shows none. */
    void setFlow(const EndKey &end);
    /*! Shows what has changed, if anybody can see it. */
    void refresh();
    [[nodiscard]] Picture *currentPicture() const;
    [[nodiscard]] WindowStrip *strip() const { return m_strip; }
    [[nodiscard]] WindowOverTime *overTime() const { return m_overTime; }
    [[nodiscard]] ChunkMap *chunks() const { return m_chunks; }

Q_SIGNALS:
    /*! For the status line. */
    void message(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void addOverTimePage();
    void addChunksPage();
    void addNumbersPage();
    void refreshOverTime(const FlowPair &pair);
    void refreshChunks(const FlowPair &pair);
    void refreshNumbers(const FlowPair &pair);
    [[nodiscard]] const FlowPair *pair() const;

    Session *m_session;
    EndKey m_end;
    WindowStrip *m_strip;
    WindowOverTime *m_overTime;
    ChunkMap *m_chunks;
    PicturePage *m_stripPage;
    PicturePage *m_overTimePage = nullptr;
    PicturePage *m_chunksPage = nullptr;
    QToolButton *m_pause = nullptr;
    QComboBox *m_messages = nullptr;
    QTableWidget *m_numbers = nullptr;
};

} // namespace Monitor
