// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QAbstractItemModel;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QSettings;
class QSortFilterProxyModel;
class QTableView;
QT_END_NAMESPACE

namespace Monitor {

/*! \brief A table with a line above it that filters its rows. It can be sorted by any column,
   columns can be moved and hidden, rows be copied, and all of it be exported. */
class TablePage : public QWidget
{
    Q_OBJECT

public:
    /*! \a name is for settings, \a title for people. \a sortRole has the raw values. */
    TablePage(const QString &name, const QString &title, QAbstractItemModel *model, int sortRole,
              QWidget *parent = nullptr);

    [[nodiscard]] QTableView *view() const { return m_view; }
    [[nodiscard]] QSortFilterProxyModel *proxy() const { return m_proxy; }
    [[nodiscard]] QHBoxLayout *bar() const { return m_bar; }
    /*! Filters by this role of the first column instead of by every column. */
    void setFilterRole(int role);
    /*! What is said in place of an empty table. */
    void setEmptyText(const QString &text);
    void setHidden(const QList<int> &columns);
    void setWidths(const QList<std::pair<int, int>> &charactersOfColumns);
    void setFilter(const QString &text);
    void focusFilter();

    void store(QSettings &settings) const;
    void restore(QSettings &settings);
    /*! Asks for a file name and writes the table. */
    void exportTable();
    [[nodiscard]] QString name() const { return m_name; }

Q_SIGNALS:
    /*! For the status line. */
    void message(const QString &text);
    /*! A row was chosen, by a double click or Enter; \a row is one of the model. */
    void activated(int row);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showHeaderMenu(const QPoint &position);
    void copyRows();
    void updateEmptyText();

    QString m_name;
    int m_sortRole;
    QSortFilterProxyModel *m_proxy;
    QTableView *m_view;
    QLineEdit *m_filter;
    QHBoxLayout *m_bar;
    QLabel *m_empty;
};

} // namespace Monitor
