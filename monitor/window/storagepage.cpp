// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "storagepage.h"

#include "../widgets/synctimes.h"
#include "picturepage.h"
#include "tablepage.h"

#include <QSettings>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace Monitor {

using QtDelivery::FlowModel;
using QtDelivery::FlowSnapshot;

StoragePage::StoragePage(Session *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_table(new TablePage(QStringLiteral("storage"), tr("Storage"), &session->storages(),
                            FlowModel::SortRole))
    , m_syncTimes(new SyncTimes)
    , m_picturePage(new PicturePage(m_syncTimes))
    , m_splitter(new QSplitter(Qt::Vertical))
{
    m_table->setEmptyText(tr("No flow keeps its messages or its progress in a durable storage."));
    m_table->setHidden({FlowModel::PeerColumn, FlowModel::PeerNodeColumn, FlowModel::InFlightColumn,
                        FlowModel::WindowColumn, FlowModel::ResentColumn,
                        FlowModel::DuplicatesColumn, FlowModel::RoundTripColumn,
                        FlowModel::EpochColumn, FlowModel::SourceColumn, FlowModel::RateColumn,
                        FlowModel::MessagesColumn});
    m_table->setWidths({{FlowModel::StateColumn, 12},
                        {FlowModel::BlockedColumn, 40},
                        {FlowModel::ConfirmedColumn, 9},
                        {FlowModel::BacklogColumn, 9},
                        {FlowModel::UnconfirmedBytesColumn, 9},
                        {FlowModel::AgeColumn, 9},
                        {FlowModel::QueueDepthColumn, 9},
                        {FlowModel::StoreLatencyColumn, 9}});
    connect(m_table->view()->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &StoragePage::showCurrent);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_picturePage);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_splitter);
    connect(session, &Session::refreshed, this, &StoragePage::refresh);
    refresh();
}

void StoragePage::showCurrent()
{
    m_current = m_table->proxy()->mapToSource(m_table->view()->currentIndex());
    refresh();
}

void StoragePage::refresh()
{
    if (!m_current.isValid()) {
        // Somebody who opens the page wants to see something.
        const QModelIndex first = m_table->proxy()->index(0, 0);
        if (first.isValid())
            m_table->view()->setCurrentIndex(first); // comes back here
    }
    m_picturePage->setVisible(m_current.isValid());
    if (!m_current.isValid())
        return;
    const FlowSnapshot flow = m_session->storages().flowAt(m_current.row());
    m_syncTimes->setStorage(flow.storage);
    const QString text = storageText(flow.storage);
    //: %1 is a flow, %2 a node, %3 sentences about the size of its storage
    m_picturePage->setHeadline(
        tr("%1 on %2. %3")
            .arg(flow.id, flow.nodeId, text.isEmpty() ? m_syncTimes->summary() : text));
    m_picturePage->refresh();
}

void StoragePage::store(QSettings &settings) const
{
    m_table->store(settings);
    settings.setValue(QStringLiteral("storageSplitter"), m_splitter->saveState());
}

void StoragePage::restore(QSettings &settings)
{
    m_table->restore(settings);
    m_splitter->restoreState(settings.value(QStringLiteral("storageSplitter")).toByteArray());
}

} // namespace Monitor
