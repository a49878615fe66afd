// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "rules.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace QtDelivery::Test;

namespace {

constexpr int MaxCodeLines = 500;

const QString Root = QStringLiteral(QTDELIVERY_SOURCE_DIR);

const QByteArray License = "// SPDX-FileCopyrightText: 2026 libqtdelivery contributors\n"
                           "// SPDX-License-Identifier: MIT\n";

/*! A rule about the tree as a whole. */
struct TreeCheck
{
    QString name;
    QStringList (*problems)(const QString &root);
};

const QString KnownDirectories = u"every directory of src/ is a layer"_s;
const QString TestedRows = u"every row of the table in architecture.md is a layer"_s;
const QString ListedSources = u"CMakeLists.txt lists every source"_s;
const QString NoLongFile = u"no long file"_s;
const QString Licenses = u"every source has a license"_s;
const QString GuardedHeaders = u"every header guards itself"_s;

const std::array TreeChecks{
    TreeCheck{KnownDirectories, unknownDirectories},
    TreeCheck{TestedRows, untestedRows},
    TreeCheck{ListedSources, unlistedSources},
    TreeCheck{NoLongFile, [](const QString &root) { return longFiles(root, MaxCodeLines); }},
    TreeCheck{Licenses, filesWithoutLicense},
    TreeCheck{GuardedHeaders, unguardedHeaders},
};

const TreeCheck &checkNamed(const QString &name)
{
    return *std::ranges::find(TreeChecks, name, &TreeCheck::name);
}

QString report(const QStringList &problems)
{
    return u'\n' + problems.join(u'\n');
}

/*! A tree to make mistakes in: a header in each layer, and nothing wrong. */
class SmallTree
{
public:
    SmallTree()
    {
        write(u"CMakeLists.txt"_s,
              "# SPDX-FileCopyrightText: 2026 libqtdelivery contributors\n"
              "# SPDX-License-Identifier: MIT\n\nproject(Small)\n");
        write(u"libqtdelivery/CMakeLists.txt"_s,
              "# SPDX-FileCopyrightText: 2026 libqtdelivery contributors\n"
              "# SPDX-License-Identifier: MIT\n\n"
              "add_library(small src/core/frames.h src/link/link.h src/link/flowhost.h\n"
              "    src/controller/fields.h include/QtDelivery/error.h)\n");
        write(u"libqtdelivery/doc/architecture.md"_s,
              "| from | may include |\n|---|---|\n| `core` | itself |\n| `examples/` | … |\n");
        for (const char *header :
             {"libqtdelivery/src/core/frames.h", "libqtdelivery/src/link/link.h",
              "libqtdelivery/src/link/flowhost.h", "libqtdelivery/src/controller/fields.h",
              "libqtdelivery/include/QtDelivery/error.h", "examples/tool/tool.h"})
            write(QString::fromLatin1(header), License + "\n#pragma once\n");
    }

    [[nodiscard]] QString root() const { return m_directory.path(); }

    void write(const QString &path, const QByteArray &text)
    {
        const QString file = root() + u'/' + path;
        QVERIFY(QDir().mkpath(QFileInfo(file).path()));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        QCOMPARE(out.write(text), text.size());
    }

private:
    QTemporaryDir m_directory;
};

const Layer &layerNamed(const QString &name)
{
    return *std::ranges::find(layers(), name, &Layer::name);
}

} // namespace

class TestIncludes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    // What the tree is.
    void layer_data();
    void layer();
    void tree_data();
    void tree();

    // That the checks above can fail.
    void smallTreeIsFine();
    void findsInclude_data();
    void findsInclude();
    void sqlIsForFilesOfSql();
    void namesFileAndLine();
    void findsMistake_data();
    void findsMistake();
};

void TestIncludes::layer_data()
{
    QTest::addColumn<QString>("name");
    for (const Layer &layer : layers())
        QTest::newRow(qPrintable(layer.name)) << layer.name;
}

void TestIncludes::layer()
{
    QFETCH(const QString, name);
    const Layer &layer = layerNamed(name);
    QVERIFY2(layer.isPlanned || !sourceFiles(Root, layer.directory).isEmpty(),
             qPrintable(layer.directory + u" is missing or has no source"_s));
    const QStringList problems = includeProblems(Root, layer);
    QVERIFY2(problems.isEmpty(), qPrintable(report(problems)));
}

void TestIncludes::tree_data()
{
    QTest::addColumn<QString>("check");
    for (const TreeCheck &check : TreeChecks)
        QTest::newRow(qPrintable(check.name)) << check.name;
}

void TestIncludes::tree()
{
    QFETCH(const QString, check);
    const QStringList problems = checkNamed(check).problems(Root);
    QVERIFY2(problems.isEmpty(), qPrintable(report(problems)));
}

void TestIncludes::smallTreeIsFine()
{
    const SmallTree tree;
    QStringList problems;
    for (const TreeCheck &check : TreeChecks)
        problems += check.problems(tree.root());
    for (const Layer &layer : layers())
        problems += includeProblems(tree.root(), layer);
    QVERIFY2(problems.isEmpty(), qPrintable(report(problems)));
}

void TestIncludes::findsInclude_data()
{
    QTest::addColumn<QString>("layer");
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *layer, const char *line, bool allowed) {
        QTest::addRow("%s: %s", layer, line)
            << QString::fromLatin1(layer) << QString::fromLatin1(line) << allowed;
    };
    constexpr bool Allowed = true;
    constexpr bool Forbidden = false;

    row("core", "#include \"frames.h\"", Allowed);
    row("core", "#include \"core/frames.h\"", Allowed);
    row("core", "#include <QByteArray>", Allowed);
    row("core", "#include <QtCore/QByteArray>", Allowed);
    row("core", "#include <xxhash.h>", Allowed);
    row("core", "#include <chrono>", Allowed);
    row("core", "// #include <QTcpSocket>", Allowed);
    row("core", "#include <QObject>", Forbidden);
    row("core", "#include <QtCore>", Forbidden);
    row("core", "#include <QTcpSocket>", Forbidden);
    row("core", "  #  include <QtNetwork/QTcpSocket>", Forbidden);
    row("core", "#include <thread>", Forbidden);
    row("core", "#include <sys/socket.h>", Forbidden);
    row("core", "#include <QtDelivery/error.h>", Forbidden);
    row("core", "#include \"link/link.h\"", Forbidden);
    row("core", "#include \"../link/link.h\"", Forbidden);
    row("core", "#include \"nowhere.h\"", Forbidden);

    row("link", "#include \"core/frames.h\"", Allowed);
    row("link", "#include <QtDelivery/error.h>", Allowed);
    row("link", "#include <QTcpSocket>", Allowed);
    row("link", "#include <QTimer>", Allowed);
    row("link", "#include <mutex>", Allowed);
    row("link", "#include <QWidget>", Forbidden);
    row("link", "#include <zlib.h>", Forbidden);
    row("link", "#include \"controller/fields.h\"", Forbidden);
    row("link", "#include <controller/fields.h>", Forbidden);
    row("link", "#include <QtDelivery/nowhere.h>", Forbidden);

    row("controller", "#include \"core/frames.h\"", Allowed);
    row("controller", "#include \"link/flowhost.h\"", Allowed);
    row("controller", "#include <QtDelivery/error.h>", Allowed);
    row("controller", "#include <QSettings>", Allowed);
    row("controller", "#include \"link/link.h\"", Forbidden);
    row("controller", "#include <QTcpSocket>", Forbidden);

    row("include/QtDelivery", "#include <QtDelivery/error.h>", Allowed);
    row("include/QtDelivery", "#include <QObject>", Allowed);
    row("include/QtDelivery", "#include <QTcpSocket>", Forbidden);
    row("include/QtDelivery", "#include \"core/frames.h\"", Forbidden);
    row("include/QtDelivery", "#include \"../../src/core/frames.h\"", Forbidden);

    row("examples/", "#include <QtDelivery/error.h>", Allowed);
    row("examples/", "#include \"tool/tool.h\"", Allowed);
    row("examples/", "#include <QTcpSocket>", Allowed);
    row("examples/", "#include <sys/socket.h>", Allowed);
    row("examples/", "#include \"core/frames.h\"", Forbidden);
    row("examples/", "#include <link/link.h>", Forbidden);
    row("examples/", "#include \"../libqtdelivery/src/core/frames.h\"", Forbidden);

    row("observe", "#include <QtDelivery/error.h>", Allowed);
    row("observe", "#include \"core/frames.h\"", Forbidden);
    row("monitor/", "#include \"core/frames.h\"", Forbidden);
    row("storage", "#include <QSslSocket>", Forbidden);
    row("security", "#include \"core/frames.h\"", Forbidden);
}

void TestIncludes::findsInclude()
{
    QFETCH(const QString, layer);
    QFETCH(const QString, line);
    QFETCH(const bool, allowed);
    const SmallTree tree;
    const Layer &tested = layerNamed(layer);
    const QString problem =
        includeProblem(tree.root(), tested, tested.directory + u"/invented.h"_s, line);
    QVERIFY2(problem.isEmpty() == allowed, qPrintable(problem));
    QVERIFY(allowed || problem.contains(tested.rule));
}

void TestIncludes::sqlIsForFilesOfSql()
{
    const SmallTree tree;
    const QString line = u"#include <QSqlDatabase>"_s;
    const auto isAllowed = [&](const QString &layer, const QString &file) {
        const Layer &tested = layerNamed(layer);
        return includeProblem(tree.root(), tested, tested.directory + u'/' + file, line).isEmpty();
    };
    QVERIFY(isAllowed(u"storage"_s, u"sqlqueue.cpp"_s));
    QVERIFY(!isAllowed(u"storage"_s, u"filequeue.cpp"_s));
    QVERIFY(!isAllowed(u"storage"_s, u"sql/filequeue.cpp"_s));
    QVERIFY(!isAllowed(u"controller"_s, u"sqlqueue.cpp"_s));
    QVERIFY(!isAllowed(u"include/QtDelivery"_s, u"sqlqueue.h"_s));
}

void TestIncludes::namesFileAndLine()
{
    SmallTree tree;
    tree.write(u"libqtdelivery/src/core/bad.cpp"_s,
               License + "\n#include \"frames.h\"\n#include <QTimer>\n#include \"bad.moc\"\n");
    const QStringList problems = includeProblems(tree.root(), layerNamed(u"core"_s));
    QCOMPARE(problems.size(), 1);
    QVERIFY2(problems.first().startsWith(u"libqtdelivery/src/core/bad.cpp:5: QTimer: "_s),
             qPrintable(report(problems)));
}

void TestIncludes::findsMistake_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place"); // empty = no mistake
    const QString document = u"libqtdelivery/doc/architecture.md"_s;
    const QString bare = u"libqtdelivery/include/QtDelivery/error.h"_s;
    const QString header = u"libqtdelivery/src/core/frames.h"_s;
    const QByteArray comments = License + "/* one\n   two\n*/\n\n// three\n";
    const QByteArray code = QByteArray("int a; // both\n").repeated(MaxCodeLines);

    QTest::newRow("a directory that is no layer")
        << KnownDirectories << u"libqtdelivery/src/misc/helper.h"_s << QByteArray()
        << u"libqtdelivery/src/misc/helper.h:1"_s;
    QTest::newRow("a row without a layer")
        << TestedRows << document
        << QByteArray("| from | may include |\n|---|---|\n| `core`, `misc` | |\n\n| `other` | |\n")
        << document + u":3: misc"_s;
    QTest::newRow("no table") << TestedRows << document << QByteArray() << document + u":1"_s;
    QTest::newRow("a forgotten source")
        << ListedSources << u"libqtdelivery/src/core/forgotten.cpp"_s << QByteArray()
        << u"libqtdelivery/src/core/forgotten.cpp:1"_s;
    QTest::newRow("just short enough") << NoLongFile << header << comments + code << QString();
    QTest::newRow("too long") << NoLongFile << header << comments + code + "int b;\n"
                              << header + u":1: 501 lines"_s;
    QTest::newRow("no license") << Licenses << u"tests/core/tst_some.cpp"_s
                                << QByteArray("int a;\n") << u"tests/core/tst_some.cpp:1"_s;
    QTest::newRow("a license after #!")
        << Licenses << u"tests/run.sh"_s
        << QByteArray("#!/bin/sh\n# SPDX-FileCopyrightText: 2026 libqtdelivery contributors\n"
                      "# SPDX-License-Identifier: MIT\n")
        << QString();
    QTest::newRow("a late guard") << GuardedHeaders << bare
                                  << QByteArray("/* #pragma once */\nclass Bare;\n#pragma once\n")
                                  << bare + u":1"_s;
}

void TestIncludes::findsMistake()
{
    QFETCH(const QString, check);
    QFETCH(const QString, path);
    QFETCH(const QByteArray, text);
    QFETCH(const QString, place);
    SmallTree tree;
    tree.write(path, text);
    const QStringList problems = checkNamed(check).problems(tree.root());
    QVERIFY2(problems.size() == (place.isEmpty() ? 0 : 1), qPrintable(report(problems)));
    QVERIFY2(problems.isEmpty() || problems.first().startsWith(place),
             qPrintable(report(problems)));
}

QTEST_APPLESS_MAIN(TestIncludes)

#include "tst_includes.moc"
