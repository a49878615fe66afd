// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "tablepage.h"

#include "../export/tablefile.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace Monitor {

namespace {

/*! Titles stand above their values: those of numbers at the right. What is filtered for is looked
   for as it is, which takes half the time of a regular expression. */
class PlainProxy : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setWanted(const QString &text)
    {
        m_wanted = text;
        invalidateFilter();
    }

    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override
    {
        if (role == Qt::TextAlignmentRole && orientation == Qt::Horizontal && rowCount() > 0)
            return index(0, section).data(role);
        return QSortFilterProxyModel::headerData(section, orientation, role);
    }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        const auto matches = [&](int column) {
            const QVariant text = sourceModel()->index(row, column, parent).data(filterRole());
            return text.toString().contains(m_wanted, filterCaseSensitivity());
        };
        if (m_wanted.isEmpty() || filterKeyColumn() >= 0)
            return m_wanted.isEmpty() || matches(filterKeyColumn());
        for (int column = 0; column < sourceModel()->columnCount(parent); ++column) {
            if (matches(column))
                return true;
        }
        return false;
    }

private:
    QString m_wanted;
};

} // namespace

TablePage::TablePage(const QString &name, const QString &title, QAbstractItemModel *model,
                     int sortRole, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
    , m_sortRole(sortRole)
    , m_proxy(new PlainProxy(this))
    , m_view(new QTableView(this))
    , m_filter(new QLineEdit(this))
    , m_bar(new QHBoxLayout)
    , m_empty(new QLabel(m_view))
{
    m_proxy->setSourceModel(model);
    m_proxy->setSortRole(sortRole);
    m_proxy->setFilterKeyColumn(-1);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setSortLocaleAware(true);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(QFontMetrics(font()).averageCharWidth() * 48);
    //: %1 is the title of a table
    m_filter->setAccessibleName(tr("Filter of %1").arg(title));
    connect(m_filter, &QLineEdit::textChanged, m_proxy,
            [proxy = static_cast<PlainProxy *>(m_proxy)](const QString &text) {
                proxy->setWanted(text);
            });

    m_view->setModel(m_proxy);
    m_view->setAccessibleName(title);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(0, Qt::AscendingOrder);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setAlternatingRowColors(true);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setTabKeyNavigation(false);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setDefaultSectionSize(QFontMetrics(font()).height() * 3 / 2);
    QHeaderView *const header = m_view->horizontalHeader();
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, &TablePage::showHeaderMenu);
    connect(m_view, &QTableView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT activated(m_proxy->mapToSource(index).row());
    });

    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setMargin(24);
    auto *const over = new QVBoxLayout(m_view);
    over->addWidget(m_empty);
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_proxy, signal, this, &TablePage::updateEmptyText);
    updateEmptyText();

    m_bar->addWidget(m_filter, 1);
    m_bar->addStretch();
    auto *const layout = new QVBoxLayout(this);
    layout->addLayout(m_bar);
    layout->addWidget(m_view, 1);
}

void TablePage::setFilterRole(int role)
{
    m_proxy->setFilterRole(role);
    m_proxy->setFilterKeyColumn(0);
}

void TablePage::setEmptyText(const QString &text)
{
    m_empty->setText(text);
}

void TablePage::updateEmptyText()
{
    m_empty->setVisible(m_proxy->rowCount() == 0);
}

void TablePage::setHidden(const QList<int> &columns)
{
    for (const int column : columns)
        m_view->setColumnHidden(column, true);
}

void TablePage::setWidths(const QList<std::pair<int, int>> &charactersOfColumns)
{
    const int character = QFontMetrics(font()).averageCharWidth();
    // A title in another language may be longer than what is below it.
    const int margin = character * 5; // and the arrow of sorting
    for (const auto &[column, characters] : charactersOfColumns) {
        const QString title = m_proxy->headerData(column, Qt::Horizontal).toString();
        m_view->setColumnWidth(column,
                               qMax(character * (characters + 2),
                                    QFontMetrics(font()).horizontalAdvance(title) + margin));
    }
}

void TablePage::setFilter(const QString &text)
{
    m_filter->setText(text);
}

void TablePage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void TablePage::store(QSettings &settings) const
{
    settings.beginGroup(m_name);
    settings.setValue(QStringLiteral("header"), m_view->horizontalHeader()->saveState());
    settings.endGroup();
}

void TablePage::restore(QSettings &settings)
{
    settings.beginGroup(m_name);
    m_view->horizontalHeader()->restoreState(
        settings.value(QStringLiteral("header")).toByteArray());
    settings.endGroup();
}

void TablePage::exportTable()
{
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export the table"), m_name + QStringLiteral(".csv"),
                                     tr("Comma-separated values (*.csv);;JSON (*.json)"));
    if (path.isEmpty())
        return;
    const QString problem = saveTable(path, *m_proxy, m_sortRole);
    //: %1 is a file name
    Q_EMIT message(problem.isEmpty() ? tr("The table is saved as %1.").arg(path) : problem);
}

void TablePage::showHeaderMenu(const QPoint &position)
{
    QMenu menu(this);
    for (int column = 0; column < m_proxy->columnCount(); ++column) {
        QAction *const action =
            menu.addAction(m_proxy->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!m_view->isColumnHidden(column));
        action->setEnabled(column > 0); // one is needed to bring the others back
        connect(action, &QAction::toggled, m_view,
                [this, column](bool on) { m_view->setColumnHidden(column, !on); });
    }
    menu.exec(m_view->horizontalHeader()->mapToGlobal(position));
}

void TablePage::copyRows()
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex &row : std::as_const(rows)) {
        QStringList cells;
        for (int column = 0; column < m_proxy->columnCount(); ++column) {
            if (!m_view->isColumnHidden(column))
                cells.append(row.siblingAtColumn(column).data().toString());
        }
        lines.append(cells.join(u'\t'));
    }
    if (!lines.isEmpty())
        QApplication::clipboard()->setText(lines.join(u'\n'));
}

void TablePage::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy) && m_view->hasFocus())
        copyRows();
    else if (event->key() == Qt::Key_Escape && !m_filter->text().isEmpty())
        m_filter->clear();
    else
        QWidget::keyPressEvent(event);
}

} // namespace Monitor
