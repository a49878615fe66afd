// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flowdetails.h"

#include "../model/text.h"
#include "../widgets/chunkmap.h"
#include "../widgets/windowovertime.h"
#include "../widgets/windowstrip.h"
#include "flownumbers.h"
#include "picturepage.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableWidget>
#include <QToolButton>

namespace Monitor {

namespace {

constexpr double ButtonZoom = 1.5;

QToolButton *addButton(QHBoxLayout *bar, const QString &text, const QString &toolTip)
{
    auto *const button = new QToolButton;
    button->setText(text);
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    bar->insertWidget(bar->count() - 1, button);
    return button;
}

/*! What a flow is called, and why it does not move. */
QString headlineOf(const FlowPair &pair)
{
    const QString title =
        FlowDetails::tr("%1: %2 → %3", "the flow %1 from producer %2 to consumer %3")
            .arg(pair.title(), pair.producerText(),
                 pair.consumerText().isEmpty() ? FlowDetails::tr("nobody") : pair.consumerText());
    const QString why = pair.sentence();
    return why.isEmpty() ? title + u'\n' + healthText(pair.health()) : title + u'\n' + why;
}

} // namespace

FlowDetails::FlowDetails(Session *session, QWidget *parent)
    : QTabWidget(parent)
    , m_session(session)
    , m_strip(new WindowStrip)
    , m_overTime(new WindowOverTime)
    , m_chunks(new ChunkMap)
    , m_stripPage(new PicturePage(m_strip))
{
    setDocumentMode(true);
    setAccessibleName(tr("Details of the flow"));
    addTab(m_stripPage, tr("&Window"));
    addOverTimePage();
    addChunksPage();
    addNumbersPage();
    for (Picture *picture : {static_cast<Picture *>(m_strip), static_cast<Picture *>(m_overTime),
                             static_cast<Picture *>(m_chunks)})
        connect(picture, &Picture::message, this, &FlowDetails::message);
    connect(this, &QTabWidget::currentChanged, this, &FlowDetails::refresh);
}

void FlowDetails::addOverTimePage()
{
    m_overTimePage = new PicturePage(m_overTime);
    QHBoxLayout *const bar = m_overTimePage->bar();
    m_pause = addButton(bar, tr("&Pause"), tr("Keeps the picture as it is; collecting goes on"));
    m_pause->setCheckable(true);
    connect(m_pause, &QToolButton::toggled, m_overTime, &WindowOverTime::setPaused);
    connect(m_overTime, &WindowOverTime::viewChanged, m_pause,
            [this] { m_pause->setChecked(m_overTime->isPaused()); });
    connect(addButton(bar, tr("+"), tr("Shows less time")), &QToolButton::clicked, m_overTime,
            [this] { m_overTime->zoom(1 / ButtonZoom); });
    connect(addButton(bar, tr("−"), tr("Shows more time")), &QToolButton::clicked, m_overTime,
            [this] { m_overTime->zoom(ButtonZoom); });
    //: a button that goes to the right end of the picture
    connect(addButton(bar, tr("&Now"), tr("Goes on with what happens now")), &QToolButton::clicked,
            m_overTime, [this] {
                m_overTime->follow();
                refresh();
            });
    addTab(m_overTimePage, tr("Over &time"));
}

void FlowDetails::addChunksPage()
{
    m_chunksPage = new PicturePage(m_chunks);
    m_messages = new QComboBox;
    m_messages->setAccessibleName(tr("Large message"));
    m_messages->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_messages->setMinimumContentsLength(16);
    m_chunksPage->bar()->insertWidget(1, m_messages);
    connect(m_messages, &QComboBox::activated, this, &FlowDetails::refresh);
    addTab(m_chunksPage, tr("&Large messages"));
}

void FlowDetails::addNumbersPage()
{
    m_numbers = new QTableWidget(0, 3);
    m_numbers->setAccessibleName(tr("Numbers of the flow"));
    m_numbers->setHorizontalHeaderLabels({QString(), tr("Producer"), tr("Consumer")});
    m_numbers->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_numbers->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_numbers->setAlternatingRowColors(true);
    m_numbers->setShowGrid(false);
    m_numbers->setTabKeyNavigation(false);
    m_numbers->verticalHeader()->hide();
    m_numbers->verticalHeader()->setDefaultSectionSize(QFontMetrics(font()).height() * 3 / 2);
    m_numbers->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_numbers->horizontalHeader()->setHighlightSections(false);
    addTab(m_numbers, tr("N&umbers"));
}

const FlowPair *FlowDetails::pair() const
{
    const int row = m_session->pairs().rowOf(m_end);
    return row < 0 ? nullptr : &m_session->pairs().pairAt(row);
}

void FlowDetails::setFlow(const EndKey &end)
{
    m_end = end;
    refresh();
}

Picture *FlowDetails::currentPicture() const
{
    const auto *const page = qobject_cast<PicturePage *>(currentWidget());
    return page ? page->picture() : nullptr;
}

void FlowDetails::showEvent(QShowEvent *event)
{
    QTabWidget::showEvent(event);
    refresh();
}

void FlowDetails::refresh()
{
    if (!isVisible())
        return;
    const FlowPair *const shown = pair();
    if (!shown) {
        for (PicturePage *page : {m_stripPage, m_overTimePage, m_chunksPage})
            page->setHeadline({});
        m_strip->clear();
        m_overTime->clear();
        m_chunks->clear();
        m_messages->clear();
        m_numbers->setRowCount(0);
        return;
    }
    switch (currentIndex()) {
    case WindowTab:
        m_strip->setFlow(*shown, m_session->histories().find(shown->anyEnd().key()));
        m_stripPage->setHeadline(headlineOf(*shown));
        m_stripPage->refresh();
        break;
    case OverTimeTab:
        refreshOverTime(*shown);
        break;
    case LargeMessagesTab:
        refreshChunks(*shown);
        break;
    default:
        refreshNumbers(*shown);
    }
}

void FlowDetails::refreshOverTime(const FlowPair &pair)
{
    const auto historyOf = [this](const std::optional<FlowEnd> &end) {
        return end ? m_session->histories().find(end->key()) : nullptr;
    };
    m_overTime->setFlow(pair.title(), historyOf(pair.producer), historyOf(pair.consumer),
                        m_session->now());
    m_overTimePage->setHeadline(headlineOf(pair));
    m_overTimePage->refresh();
}

void FlowDetails::refreshChunks(const FlowPair &pair)
{
    const QList<Transfer> transfers = m_session->transfers().of(pair.name());
    // The first that is under way is shown, until somebody chooses another one.
    const QVariant chosen = m_messages->currentData();
    const bool wasFirst = m_messages->currentIndex() <= 0;
    m_messages->clear();
    m_messages->addItem(tr("Under way"), 0);
    for (const Transfer &transfer : transfers)
        //: %1 is a number
        m_messages->addItem(tr("Message %1").arg(countText(transfer.seqNr)), transfer.seqNr);
    const int index = wasFirst ? 0 : qMax(0, m_messages->findData(chosen));
    m_messages->setCurrentIndex(index);
    m_messages->setEnabled(!transfers.isEmpty());
    m_chunksPage->setHeadline(headlineOf(pair));
    if (transfers.isEmpty()) {
        m_chunks->clear();
        return;
    }
    const Transfer *shown = nullptr;
    for (const Transfer &transfer : transfers) {
        const bool isWanted = index > 0 ? transfer.seqNr == m_messages->currentData()
                                        : !transfer.isVerified && transfer.doneBytes() > 0;
        if (isWanted)
            shown = &transfer; // the list begins with the newest, and the oldest goes first
    }
    m_chunks->setTransfer(shown ? *shown : transfers.first());
    m_chunksPage->refresh();
}

void FlowDetails::refreshNumbers(const FlowPair &pair)
{
    const QList<FlowNumber> titles = flowNumbers(pair.anyEnd().flow);
    m_numbers->setRowCount(int(titles.size()));
    const auto set = [this](int row, int column, const QString &text) {
        QTableWidgetItem *item = m_numbers->item(row, column);
        if (!item) {
            item = new QTableWidgetItem;
            if (column > 0)
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            m_numbers->setItem(row, column, item);
        }
        if (item->text() != text)
            item->setText(text);
    };
    const auto fill = [&](int column, const std::optional<FlowEnd> &end) {
        const QList<FlowNumber> numbers = end ? flowNumbers(end->flow) : QList<FlowNumber>();
        for (int row = 0; row < int(titles.size()); ++row)
            set(row, column, end ? numbers[row].value : QStringLiteral("–"));
    };
    for (int row = 0; row < int(titles.size()); ++row)
        set(row, 0, titles[row].title);
    fill(1, pair.producer);
    fill(2, pair.consumer);
}

} // namespace Monitor
