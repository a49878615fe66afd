// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flowspage.h"

#include "flowdetails.h"
#include "healthdelegate.h"
#include "tablepage.h"

#include <QHeaderView>
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace Monitor {

FlowsPage::FlowsPage(Session *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_table(new TablePage(QStringLiteral("flows"), tr("Flows"), &session->pairs(),
                            PairModel::SortRole))
    , m_details(new FlowDetails(session))
    , m_splitter(new QSplitter(Qt::Vertical))
{
    m_table->setFilterRole(PairModel::FilterRole);
    m_table->setEmptyText(tr("No flow matches the filter, or the watched processes have none."));
    m_table->setWidths({{PairModel::FlowColumn, 16},
                        {PairModel::HealthColumn, 14},
                        {PairModel::SentenceColumn, 62},
                        {PairModel::CulpritColumn, 13},
                        {PairModel::BacklogColumn, 9},
                        {PairModel::RateColumn, 9},
                        {PairModel::AgeColumn, 9},
                        {PairModel::InFlightColumn, 9},
                        {PairModel::WindowColumn, 9},
                        {PairModel::ResentColumn, 9},
                        {PairModel::BytesColumn, 13},
                        {PairModel::RoundTripColumn, 12},
                        {PairModel::ConfirmedColumn, 11},
                        {PairModel::ProducerColumn, 22},
                        {PairModel::ConsumerColumn, 24},
                        {PairModel::ProcessColumn, 24}});
    m_table->setHidden({PairModel::ConfirmedColumn, PairModel::ProcessColumn});
    QTableView *const view = m_table->view();
    view->setItemDelegateForColumn(PairModel::HealthColumn, new HealthDelegate(view));
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->sortByColumn(PairModel::FlowColumn, Qt::AscendingOrder);
    connect(view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &FlowsPage::showCurrent);
    connect(m_table, &TablePage::activated, m_details,
            [this] { m_details->setFocus(Qt::OtherFocusReason); });
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 4);
    const int line = QFontMetrics(font()).height();
    m_splitter->setSizes({line * 24, line * 30});
    m_splitter->setChildrenCollapsible(false);
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_splitter);
    connect(session, &Session::refreshed, this, &FlowsPage::refresh);
}

void FlowsPage::showCurrent()
{
    m_current = m_table->proxy()->mapToSource(m_table->view()->currentIndex());
    refresh();
}

void FlowsPage::refresh()
{
    if (!m_current.isValid()) {
        // Somebody who opens the window wants to see something.
        const QModelIndex first = m_table->proxy()->index(0, 0);
        if (first.isValid()) {
            m_table->view()->setCurrentIndex(first);
            return;
        }
        m_details->setFlow({});
        return;
    }
    const FlowPair &pair = m_session->pairs().pairAt(m_current.row());
    QList<EndKey> ends;
    for (const auto *end : {&pair.producer, &pair.consumer}) {
        if (*end)
            ends.append((*end)->key());
    }
    m_session->preferEvents(ends);
    m_details->setFlow(ends.isEmpty() ? EndKey() : ends.first());
}

bool FlowsPage::select(const EndKey &end)
{
    const int row = m_session->pairs().rowOf(end);
    if (row < 0)
        return false;
    QModelIndex index = m_table->proxy()->mapFromSource(m_session->pairs().index(row, 0));
    if (!index.isValid()) { // it is filtered out
        m_table->setFilter({});
        index = m_table->proxy()->mapFromSource(m_session->pairs().index(row, 0));
    }
    m_table->view()->setCurrentIndex(index);
    m_table->view()->scrollTo(index);
    return index.isValid();
}

bool FlowsPage::select(const QString &title)
{
    for (int row = 0; row < m_session->pairs().rowCount(); ++row) {
        const FlowPair &pair = m_session->pairs().pairAt(row);
        if (pair.title() == title)
            return select(pair.anyEnd().key());
    }
    return false;
}

void FlowsPage::store(QSettings &settings) const
{
    m_table->store(settings);
    settings.setValue(QStringLiteral("flowSplitter"), m_splitter->saveState());
    settings.setValue(QStringLiteral("flowTab"), m_details->currentIndex());
}

void FlowsPage::restore(QSettings &settings)
{
    m_table->restore(settings);
    m_splitter->restoreState(settings.value(QStringLiteral("flowSplitter")).toByteArray());
    m_details->setCurrentIndex(
        qBound(0, settings.value(QStringLiteral("flowTab")).toInt(), m_details->count() - 1));
}

} // namespace Monitor
