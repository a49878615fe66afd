// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// Runs the ceilings and the library interleaved and prints their ratios. See README.md.

#include "benchfigures.h"
#include "benchrun.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QSysInfo>
#include <QTextStream>
#include <QThread>

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <unistd.h>

using namespace Bench;
using namespace Qt::Literals::StringLiterals;

namespace {

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

// A sleeping processor takes longer to wake than a message takes to arrive. While this file is held
// open with a zero in it, idle processors poll instead; the kernel goes back when it is closed.
class AwakeProcessors
{
public:
    AwakeProcessors()
        : m_file(open("/dev/cpu_dma_latency", O_WRONLY | O_CLOEXEC))
    {
        const qint32 zero = 0;
        m_isHot = m_file >= 0 && write(m_file, &zero, sizeof zero) == sizeof zero;
    }
    ~AwakeProcessors()
    {
        if (m_file >= 0)
            close(m_file);
    }
    Q_DISABLE_COPY_MOVE(AwakeProcessors)
    bool isHot() const { return m_isHot; }

private:
    const int m_file;
    bool m_isHot = false;
};

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    const qsizetype middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

QString format(double value, Unit unit)
{
    switch (unit) {
    case Unit::Ratio:
        return QString::number(value, 'f', 2);
    case Unit::Mebibytes:
        return QString::number(value, 'f', 2) + u" MiB"_s;
    case Unit::Kibibytes:
        return QString::number(value, 'f', 2) + u" KiB"_s;
    case Unit::Percent:
        return QString::number(value, 'f', 2) + u" %"_s;
    case Unit::Seconds:
        return QString::number(value, 'f', 3) + u" s"_s;
    case Unit::Milliseconds:
        return QString::number(value, 'f', 2) + u" ms"_s;
    case Unit::Number:
        return QString::number(value, 'f', 3);
    }
    return {};
}

QString format(Better better, double bound, Unit unit)
{
    return (better == Better::Higher ? u"≥ "_s : u"≤ "_s) + format(bound, unit);
}

QString verdict(const Goal &goal, double value)
{
    const auto meets = [&](double bound) {
        return goal.better == Better::Higher ? value >= bound : value <= bound;
    };
    return meets(goal.aim)  ? u"meets aim"_s
        : meets(goal.floor) ? u"above floor"_s
                            : u"falls short"_s;
}

// First row: the headings.
void printTable(const QList<QStringList> &table)
{
    QList<qsizetype> widths(table.constFirst().size());
    for (const QStringList &row : table) {
        for (qsizetype column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], row[column].size());
    }
    for (qsizetype line = 0; line < table.size(); ++line) {
        for (qsizetype column = 0; column < widths.size(); ++column)
            out() << (column == 0 ? u"| "_s : u" | "_s)
                  << table[line][column].leftJustified(int(widths[column]));
        out() << u" |\n"_s;
        if (line > 0)
            continue;
        for (const qsizetype width : widths)
            out() << u'|' << QString(width + 2, u'-');
        out() << u"|\n"_s;
    }
    out().flush();
}

class Driver
{
public:
    Driver(bool quick, int pairs, bool isHot, const QString &programs, const QString &directory)
        : m_quick(quick)
        , m_pairs(pairs)
        , m_isHot(isHot)
        , m_programs(programs)
        , m_directory(directory)
    { }

    void measure(const QList<Row> &rows)
    {
        m_rows = rows;
        QSet<QString> needed;
        for (const Row &row : rows)
            needed.insert(row.scenario);
        for (const Scenario &scenario : scenarios(m_quick)) {
            if (needed.contains(scenario.name)) {
                m_measured.append(scenario);
                measure(scenario);
            }
        }
    }

    void printResults() const
    {
        out() << u"\nFigures of this machine in this hour (medians); compare only within one line "
                 u"group.\n\n"_s;
        printTable(absoluteTable());
        out()
            << u"\nResults: median of the ratios of %1 interleaved rounds (smallest – largest)%2.\n\n"_s
                   .arg(m_pairs)
                   .arg(m_quick ? u"; QUICK: too short for a judgement"_s : QString());
        printTable(resultTable());
        for (const QString &failure : m_failures)
            out() << u"\nFAILED: "_s << failure << u'\n';
        out().flush();
    }

    bool hasFailures() const { return !m_failures.isEmpty(); }

    QJsonObject toJson() const
    {
        QJsonArray rowArray;
        for (const Row &row : m_rows)
            rowArray.append(toJson(row));
        QJsonArray scenarioArray;
        for (const Scenario &scenario : m_measured)
            scenarioArray.append(toJson(scenario));
        return {{u"date"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
                {u"hot"_s, m_isHot},
                {u"quick"_s, m_quick},
                {u"pairs"_s, m_pairs},
                {u"qt"_s, QString::fromLatin1(qVersion())},
                {u"system"_s, QSysInfo::prettyProductName()},
                {u"kernel"_s, QSysInfo::kernelVersion()},
                {u"processors"_s, QThread::idealThreadCount()},
                {u"rows"_s, rowArray},
                {u"scenarios"_s, scenarioArray},
                {u"failures"_s, QJsonArray::fromStringList(m_failures)}};
    }

private:
    void measure(const Scenario &scenario)
    {
        out() << u"%1: "_s.arg(scenario.name).leftJustified(22);
        QList<Round> &rounds = m_rounds[scenario.name];
        for (int pair = 0; pair < m_pairs; ++pair) {
            QList<Run> runs = scenario.runs;
            // Whoever runs second may find a warmer machine: take turns.
            if (pair % 2 == 1)
                std::reverse(runs.begin(), runs.end());
            rounds.append(Round());
            for (const Run &run : std::as_const(runs)) {
                if (!QFileInfo(m_programs + u'/' + run.program).isExecutable()) {
                    m_missing.insert(run.program);
                    continue;
                }
                QString why;
                const auto result = execute(run, m_programs, m_directory, &why);
                if (!result) {
                    m_failures.append(scenario.name + u", "_s + run.label + u": "_s + why);
                    out() << u" failed\n"_s << Qt::flush;
                    return; // the next round would fail as well, perhaps after minutes
                }
                rounds.last().insert(run.label, *result);
            }
            out() << u'.' << Qt::flush;
        }
        out() << u'\n' << Qt::flush;
    }

    QList<double> values(const Row &row) const
    {
        QList<double> all;
        for (const Round &round : m_rounds.value(row.scenario)) {
            if (const auto value = row.measure(round))
                all.append(*value);
        }
        return all;
    }

    QList<QStringList> resultTable() const
    {
        QList<QStringList> table{{u"what"_s, u"aim"_s, u"floor"_s, u"measured"_s, u"verdict"_s}};
        for (const Row &row : m_rows) {
            QStringList line{row.what, {}, {}, u"–"_s, u"not measured"_s};
            if (row.goal) {
                line[1] = format(row.goal->better, row.goal->aim, row.unit);
                line[2] = format(row.goal->better, row.goal->floor, row.unit);
            }
            if (const QList<double> all = values(row); !all.isEmpty()) {
                const auto [least, most] = std::minmax_element(all.cbegin(), all.cend());
                line[3] = u"%1 (%2 – %3)"_s.arg(format(median(all), row.unit),
                                                format(*least, row.unit), format(*most, row.unit));
                line[4] = row.goal ? verdict(*row.goal, median(all)) : u"for information"_s;
            }
            table.append(line);
        }
        for (const QString &program : m_missing)
            table.append({program + u" was not built"_s, {}, {}, {}, {}});
        return table;
    }

    QList<QStringList> absoluteTable() const
    {
        QList<QStringList> table{{u"scenario"_s, u"run"_s, u"messages/s"_s, u"CPU s/million"_s,
                                  u"p50 µs"_s, u"p99 µs"_s, u"fdatasync p50 µs"_s,
                                  u"RSS MiB, producer + consumer"_s}};
        for (const Scenario &scenario : m_measured) {
            for (const Run &run : scenario.runs)
                table.append(absoluteLine(scenario.name, run.label));
        }
        return table;
    }

    QStringList absoluteLine(const QString &scenario, const QString &label) const
    {
        using Figure = std::optional<double>;
        const QList<Round> rounds = m_rounds.value(scenario);
        const auto text = [&](auto figure, int decimals) {
            QList<double> all;
            for (const Round &round : rounds) {
                if (!round.contains(label))
                    continue;
                if (const Figure value = figure(round.value(label)))
                    all.append(*value);
            }
            return all.isEmpty() ? u"–"_s : QString::number(median(all), 'f', decimals);
        };
        const auto mebibytes = [](const QJsonObject &report) {
            return Figure(report.value(u"rssKiB").toDouble() / 1024);
        };
        return {scenario,
                label,
                text([](const RunResult &result) { return messagesPerSecond(result); }, 0),
                text([](const RunResult &result) { return cpuSecondsPerMillion(result); }, 2),
                text([](const RunResult &result) { return microseconds(result, u"p50us"); }, 1),
                text([](const RunResult &result) { return microseconds(result, u"p99us"); }, 1),
                text([](const RunResult &result) { return microseconds(result, u"syncP50us"); }, 1),
                text([&](const RunResult &result) { return mebibytes(result.producer); }, 1)
                    + u" + "_s
                    + text([&](const RunResult &result) { return mebibytes(result.consumer); }, 1)};
    }

    QJsonObject toJson(const Row &row) const
    {
        QJsonObject object{
            {u"name"_s, row.name}, {u"what"_s, row.what}, {u"scenario"_s, row.scenario}};
        if (row.goal) {
            object.insert(u"aim"_s, row.goal->aim);
            object.insert(u"floor"_s, row.goal->floor);
            object.insert(u"higherIsBetter"_s, row.goal->better == Better::Higher);
        }
        const QList<double> all = values(row);
        if (all.isEmpty())
            return object;
        object.insert(u"median"_s, median(all));
        if (row.goal)
            object.insert(u"verdict"_s, verdict(*row.goal, median(all)));
        QJsonArray array;
        for (const double value : all)
            array.append(value);
        object.insert(u"values"_s, array);
        return object;
    }

    QJsonObject toJson(const Scenario &scenario) const
    {
        QJsonObject options;
        for (const Run &run : scenario.runs)
            options.insert(run.label, run.program + u' ' + run.options);
        QJsonArray roundArray;
        for (const Round &round : m_rounds.value(scenario.name)) {
            QJsonObject object;
            for (auto run = round.cbegin(); run != round.cend(); ++run) {
                object.insert(
                    run.key(),
                    QJsonObject{{u"producer"_s, run->producer}, {u"consumer"_s, run->consumer}});
            }
            roundArray.append(object);
        }
        return {{u"name"_s, scenario.name}, {u"runs"_s, options}, {u"rounds"_s, roundArray}};
    }

    const bool m_quick;
    const int m_pairs;
    const bool m_isHot;
    const QString m_programs;
    const QString m_directory;
    QList<Row> m_rows;
    QList<Scenario> m_measured;
    QHash<QString, QList<Round>> m_rounds;
    QSet<QString> m_missing;
    QStringList m_failures;
};

// Nothing if a name is unknown.
std::optional<QList<Row>> selectRows(const QString &names)
{
    if (names.isEmpty())
        return rows();
    QList<Row> selected;
    for (const QString &name : names.split(u',', Qt::SkipEmptyParts)) {
        const QList<Row> all = rows();
        const auto row = std::find_if(all.cbegin(), all.cend(), [&name](const Row &candidate) {
            return candidate.name == name;
        });
        if (row == all.cend()) {
            QTextStream(stderr) << u"no row is called "_s << name << u"; see --list\n"_s;
            return std::nullopt;
        }
        selected.append(*row);
    }
    return selected;
}

bool writeJson(const QString &path, const QJsonObject &object)
{
    QFile file(path);
    const QByteArray json = QJsonDocument(object).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size()) {
        QTextStream(stderr) << u"cannot write "_s << path << u": "_s << file.errorString() << u'\n';
        return false;
    }
    out() << u"\nAll figures: "_s << path << u'\n' << Qt::flush;
    return true;
}

QString loadAverage()
{
    std::array<double, 1> load{};
    return getloadavg(load.data(), 1) == 1 ? QString::number(load[0], 'f', 2) : u"unknown"_s;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Runs the ceilings and the library interleaved and prints their ratios."_s);
    parser.addHelpOption();
    const QCommandLineOption rowsOption(u"rows"_s, u"Only these rows."_s, u"name,..."_s);
    const QCommandLineOption pairsOption(u"pairs"_s, u"Rounds of each scenario."_s, u"N"_s, u"5"_s);
    const QCommandLineOption quickOption(u"quick"_s,
                                         u"Short runs, to see that everything works."_s);
    const QCommandLineOption outputOption(u"output"_s, u"Where the raw figures go."_s, u"file"_s,
                                          u"results.json"_s);
    const QCommandLineOption listOption(u"list"_s, u"Print the names of the rows."_s);
    const QCommandLineOption directoryOption(
        u"dir"_s, u"Where journals are kept meanwhile: a directory of a disk, not in memory."_s,
        u"directory"_s, application.applicationDirPath() + u"/storage"_s);
    parser.addOptions(
        {rowsOption, pairsOption, quickOption, outputOption, listOption, directoryOption});
    parser.process(application);

    if (parser.isSet(listOption)) {
        for (const Row &row : rows())
            out() << row.name << u"\t"_s << row.what << u'\n';
        return 0;
    }
    const int pairs = parser.value(pairsOption).toInt();
    const auto selected = selectRows(parser.value(rowsOption));
    if (!selected || pairs < 1)
        return 2;
    const QString directory = QDir(parser.value(directoryOption)).absolutePath();
    if (!QDir().mkpath(directory)) {
        QTextStream(stderr) << u"cannot make "_s << directory << u'\n';
        return 2;
    }

    const AwakeProcessors awake;
    out() << (awake.isHot() ? u"Hot: /dev/cpu_dma_latency is held open at 0.\n"_s
                            : u"Cold: /dev/cpu_dma_latency may not be opened; expect noise.\n"_s)
          << u"Load average before the start: "_s << loadAverage() << u"\n\n"_s << Qt::flush;
    Driver driver(parser.isSet(quickOption), pairs, awake.isHot(),
                  QCoreApplication::applicationDirPath(), directory);
    driver.measure(*selected);
    driver.printResults();
    const bool written = writeJson(parser.value(outputOption), driver.toJson());
    return driver.hasFailures() || !written ? 1 : 0;
}
