// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/*
 * What the driver measures, as data. A scenario is a set of runs that are interleaved; a row is one
 * figure computed from one round of a scenario. A new row is an entry in rows(), and in scenarios()
 * if no scenario provides its figures yet.
 */
namespace Bench {

// One producer process and, if it is not alone, one consumer process of a program.
struct Run
{
    QString label; // what measures and the table call it
    QString program;
    QString options;
    bool isAlone = false; // no consumer
};

struct Scenario
{
    QString name;
    QList<Run> runs;
};

// The two reports of one run.
struct RunResult
{
    QJsonObject producer;
    QJsonObject consumer;
};

// All runs of a scenario, made one right after the other; by label. A measure answers nothing if a
// run is missing.
using Round = QHash<QString, RunResult>;
using Measure = std::optional<double> (*)(const Round &);

enum class Unit { Ratio, Mebibytes, Kibibytes, Percent, Seconds, Milliseconds, Number };
enum class Better { Higher, Lower };

// A bound to be met well, and one below which the report says "falls short".
struct Goal
{
    Better better;
    double aim;
    double floor;
};

inline Goal atLeast(double aim, double floor)
{
    return {Better::Higher, aim, floor};
}

inline Goal atMost(double aim, double floor)
{
    return {Better::Lower, aim, floor};
}

struct Row
{
    QString name;
    QString what;
    QString scenario;
    Unit unit;
    std::optional<Goal> goal; // none: for information
    Measure measure;
};

QList<Scenario> scenarios(bool quick);
QList<Row> rows();

} // namespace Bench
