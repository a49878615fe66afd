// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "top.h"

#include "descriptor.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

#include <sys/ioctl.h>
#include <unistd.h>

namespace Cli {

using namespace std::chrono_literals;
using QtDelivery::FlowModel;

namespace {

constexpr auto Refresh = 1s;
// A rate is one of half a second at least.
constexpr auto RateTime = 800ms;
constexpr int NoLimit = 100'000;

// The last takes what is left of the line.
constexpr std::array Columns{
    FlowModel::IdColumn,       FlowModel::RoleColumn,   FlowModel::NodeColumn,
    FlowModel::PeerNodeColumn, FlowModel::WindowColumn, FlowModel::InFlightColumn,
    FlowModel::BacklogColumn,  FlowModel::RateColumn,   FlowModel::ResentColumn,
    FlowModel::AgeColumn,      FlowModel::BlockedColumn};
constexpr qsizetype MaxCell = 30;
// What a narrow terminal does without, first to last, so that there is room for the reason.
constexpr std::array Expendable{FlowModel::PeerNodeColumn, FlowModel::ResentColumn,
                                FlowModel::NodeColumn,     FlowModel::WindowColumn,
                                FlowModel::AgeColumn,      FlowModel::BacklogColumn,
                                FlowModel::RoleColumn};
constexpr qsizetype ReasonRoom = 40;
constexpr qsizetype Gap = 2;

/*! What comes from another process must not speak to the terminal. */
QString printable(QString text)
{
    for (QChar &c : text) {
        if (!c.isPrint())
            c = u'?';
    }
    return text;
}

QString cell(const QAbstractItemModel &model, int row, int column)
{
    const QString text = printable(model.index(row, column).data().toString());
    return column == FlowModel::BlockedColumn || text.size() <= MaxCell
        ? text
        : text.left(MaxCell - 1) + u'…';
}

/*! Leaves columns out, as width 0, until the reasons can be read within \a width. */
void fit(std::array<qsizetype, Columns.size()> &widths, int width)
{
    qsizetype whole = std::min(widths.back(), ReasonRoom);
    for (size_t i = 0; i + 1 < widths.size(); ++i)
        whole += widths[i] + Gap;
    for (const auto column : Expendable) {
        if (whole <= width)
            return;
        qsizetype &left =
            widths[size_t(std::find(Columns.begin(), Columns.end(), column) - Columns.begin())];
        whole -= left + Gap;
        left = 0;
    }
}

int terminalSize(unsigned short winsize::*side)
{
    winsize size = {};
    const bool isKnown = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.*side > 0;
    return isKnown ? size.*side : NoLimit;
}

} // namespace

Top::Top(const QStringList &arguments)
    : m_arguments(arguments)
{
    m_sorted.setSourceModel(const_cast<FlowModel *>(&m_observation.flows()));
    m_sorted.setSortRole(FlowModel::SortRole);
    m_sorted.sort(FlowModel::IdColumn);
    connect(&m_observation, &Observation::settled, this, &Top::begin);
    connect(&m_refresh, &QTimer::timeout, this, &Top::show);
    connect(&m_signals, &SignalWatcher::interrupted, this, [] { QCoreApplication::exit(0); });
}

Top::~Top()
{
    giveTerminalBack();
}

int Top::usage(bool isHelp)
{
    const QString text =
        tr("Usage: qtdelivery top [--once]\n"
           "Shows the flows of every process of this user that was started with\n"
           "QTDELIVERY_MONITOR=1, and why they do not move. 'q' ends it.\n"
           "\n"
           "Options:\n"
           "  --once      Prints the table once, as it does if standard output is no terminal.\n"
           "  -h, --help  Shows this text.\n");
    const bool written = writeFully(isHelp ? STDOUT_FILENO : STDERR_FILENO, text.toLocal8Bit());
    return isHelp ? int(!written) : 2;
}

int Top::run()
{
    for (const QString &argument : m_arguments) {
        if (argument == u"--help" || argument == u"-h")
            return usage(true);
        if (argument != u"--once")
            return usage(false);
    }
    m_once = !m_arguments.isEmpty() || ::isatty(STDOUT_FILENO) != 1;
    m_observation.start();
    const int exitCode = QCoreApplication::exec();
    giveTerminalBack();
    return exitCode;
}

void Top::begin()
{
    if (m_once) {
        QTimer::singleShot(m_observation.nodeCount() > 0 ? RateTime : 0ms, this, &Top::show);
        return;
    }
    takeTerminal();
    m_refresh.start(Refresh);
    show();
}

void Top::takeTerminal()
{
    termios settings = {};
    if (::isatty(STDIN_FILENO) != 1 || ::tcgetattr(STDIN_FILENO, &settings) != 0)
        return;
    m_terminal = settings;
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &settings);
    m_keys = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
    connect(m_keys.get(), &QSocketNotifier::activated, this, &Top::readKey);
}

void Top::giveTerminalBack()
{
    m_keys.reset();
    if (const auto settings = std::exchange(m_terminal, std::nullopt))
        ::tcsetattr(STDIN_FILENO, TCSANOW, &*settings);
}

void Top::readKey()
{
    char key = 0;
    const bool isEnd = ::read(STDIN_FILENO, &key, 1) != 1;
    if (isEnd || key == 'q' || key == 'Q')
        QCoreApplication::exit(0);
}

QStringList Top::table(int width) const
{
    QList<QStringList> rows(m_sorted.rowCount() + 1);
    std::array<qsizetype, Columns.size()> widths{};
    for (size_t i = 0; i < Columns.size(); ++i) {
        rows[0].append(m_sorted.headerData(Columns[i], Qt::Horizontal).toString());
        for (int row = 0; row < m_sorted.rowCount(); ++row)
            rows[row + 1].append(cell(m_sorted, row, Columns[i]));
        for (const QStringList &cells : std::as_const(rows))
            widths[i] = std::max(widths[i], cells[qsizetype(i)].size());
    }
    fit(widths, width);
    QStringList lines;
    for (const QStringList &cells : std::as_const(rows)) {
        QString line;
        for (size_t i = 0; i + 1 < Columns.size(); ++i) {
            if (widths[i] == 0)
                continue;
            const bool isNumber = Columns[i] >= FlowModel::ConfirmedColumn;
            const QString &text = cells[qsizetype(i)];
            line += (isNumber ? text.rightJustified(widths[i]) : text.leftJustified(widths[i]))
                + QString(Gap, u' ');
        }
        lines.append((line + cells.last()).left(width).trimmed());
    }
    return lines;
}

void Top::show()
{
    m_observation.lookAgain();
    const int width = m_once ? NoLimit : terminalSize(&winsize::ws_col);
    const int height = m_once ? NoLimit : terminalSize(&winsize::ws_row);
    QStringList lines;
    //: %1 is a number of nodes, %2 of ends of flows
    lines.append(tr("%1 nodes, %2 flows").arg(m_observation.nodeCount()).arg(m_sorted.rowCount()));
    if (m_observation.nodeCount() == 0)
        lines.append(tr("No process can be watched: start one with QTDELIVERY_MONITOR=1."));
    else
        lines += table(width);
    QString text =
        lines.mid(0, height - 1).join(m_once ? QStringLiteral("\n") : QStringLiteral("\x1b[K\n"));
    if (!m_once)
        text = QStringLiteral("\x1b[H") + text + QStringLiteral("\x1b[K\n\x1b[J");
    else
        text += u'\n';
    const bool written = writeFully(STDOUT_FILENO, text.toLocal8Bit());
    if (m_once || !written)
        QCoreApplication::exit(written ? 0 : 1);
}

} // namespace Cli
