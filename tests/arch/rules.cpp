// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "rules.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace QtDelivery::Test {

namespace {

const QString SrcDir = u"libqtdelivery/src"_s;
const QString IncludeDir = u"libqtdelivery/include"_s;
const QString PublicPrefix = u"QtDelivery/"_s;

/*! Headers by which the standard library reaches what the core must be told: bytes, time, chance.
 */
const QStringList ImpureHeaders{
    u"condition_variable"_s, u"cstdio"_s, u"ctime"_s,  u"filesystem"_s,   u"fstream"_s, u"future"_s,
    u"iostream"_s,           u"mutex"_s,  u"random"_s, u"shared_mutex"_s, u"thread"_s,
};

QStringList linesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll()).split(u'\n');
}

QString join(const QString &directory, const QString &name)
{
    return QDir::cleanPath(directory + u'/' + name);
}

QStringList filesBelow(const QString &root, const QString &directory, const QStringList &patterns)
{
    QStringList files;
    QDirIterator walk(join(root, directory), patterns, QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext())
        files += QDir(root).relativeFilePath(walk.next());
    files.sort();
    return files;
}

/*! Calls \a handle with number and text of each line that is neither blank nor comment. */
template <typename Handle> void forEachCodeLine(const QStringList &lines, Handle handle)
{
    bool inComment = false;
    for (int i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].trimmed();
        const bool startsComment = !inComment && line.startsWith("/*"_L1);
        const bool isComment = inComment || startsComment || line.startsWith("//"_L1);
        if (inComment || startsComment)
            inComment = !line.contains("*/"_L1);
        if (!isComment && !line.isEmpty())
            handle(i + 1, line);
    }
}

const Layer *layerOf(const QString &file)
{
    const auto found = std::ranges::find_if(
        layers(), [&](const Layer &layer) { return file.startsWith(layer.directory + u'/'); });
    return found == layers().end() ? nullptr : &*found;
}

/*! The module of Qt that has the header \a name, which may name the module itself. */
QString qtModuleOf(const QString &name)
{
    static const QDir headers(QLibraryInfo::path(QLibraryInfo::HeadersPath));
    static const QStringList modules = headers.entryList({u"Qt*"_s}, QDir::Dirs);
    const QString prefix = name.section(u'/', 0, 0);
    if (name.contains(u'/'))
        return modules.contains(prefix) ? prefix : QString();
    const auto found = std::ranges::find_if(modules, [&](const QString &module) {
        return QFileInfo::exists(headers.filePath(module + u'/' + name));
    });
    return found == modules.end() ? QString() : *found;
}

/*! The file of the tree that \a file gets by including \a name; empty if it is not of the tree. */
QString fileOfTree(const QString &root, const QString &file, const QString &name, bool quoted)
{
    QStringList directories{SrcDir, IncludeDir};
    if (quoted)
        directories.prepend(file.section(u'/', 0, -2));
    for (const QString &directory : directories) {
        const QString path = join(directory, name);
        if (QFileInfo::exists(join(root, path)))
            return path;
    }
    return {};
}

bool mayIncludeFile(const Layer &layer, const QString &path)
{
    const Layer *const target = layerOf(path);
    if (target && (target->name == layer.name || layer.mayInclude.contains(target->name)))
        return true;
    return layer.singleHeaders.contains(path.mid(SrcDir.size() + 1))
        || path.startsWith(layer.directory + u'/');
}

bool mayIncludeQt(const Layer &layer, const QString &file, const QString &module,
                  const QString &name)
{
    const bool isOfSql = !layer.sqlPrefix.isEmpty() && module == "QtSql"_L1
        && file.section(u'/', -1).startsWith(layer.sqlPrefix);
    return layer.isApplication || isOfSql || layer.qtModules.contains(module)
        || layer.qtHeaders.contains(name.section(u'/', -1));
}

bool isStandardHeader(const QString &name)
{
    static const QRegularExpression form(u"^[a-z_0-9]+$"_s);
    return form.match(name).hasMatch();
}

/*! Why \a layer must not include \a name; empty if it may. */
QString objection(const QString &root, const Layer &layer, const QString &file, const QString &name,
                  bool quoted)
{
    const QString stem = QFileInfo(file).completeBaseName();
    if (quoted && (name == stem + ".moc"_L1 || name == "moc_"_L1 + stem + ".cpp"_L1))
        return {};
    if (const QString path = fileOfTree(root, file, name, quoted); !path.isEmpty())
        return mayIncludeFile(layer, path) ? QString() : u"it is "_s + path;
    if (quoted || name.startsWith(PublicPrefix))
        return u"there is no such file"_s;
    if (const QString module = qtModuleOf(name); !module.isEmpty())
        return mayIncludeQt(layer, file, module, name) ? QString() : u"it is of "_s + module;
    if (isStandardHeader(name)) {
        const bool impure = layer.isPure && ImpureHeaders.contains(name);
        return impure ? u"it does I/O, or reads a clock, or uses threads or chance"_s : QString();
    }
    const bool allowed = layer.isApplication || layer.libraries.contains(name);
    return allowed ? QString() : u"it is of another library"_s;
}

} // namespace

const std::vector<Layer> &layers()
{
    const QStringList core{u"core"_s, u"words"_s};
    const QStringList words{u"words"_s};
    const QStringList publicHeaders{u"include/QtDelivery"_s};
    const QStringList interfaces{u"link/flowendpoint.h"_s,    u"link/flowhost.h"_s,
                                 u"link/logging.h"_s,         u"observe/flowreport.h"_s,
                                 u"storage/payloadfiles.h"_s, u"storage/payloadspool.h"_s};
    const QStringList forObserve{u"core/linkproof.h"_s, u"core/machinesnapshots.h"_s,
                                 u"core/types.h"_s, u"link/connection.h"_s, u"link/transport.h"_s};
    const QStringList qtCore{u"QtCore"_s};
    const QStringList qtNetwork{u"QtCore"_s, u"QtNetwork"_s};
    static const std::vector<Layer> table{
        {.name = u"core"_s,
         .directory = u"libqtdelivery/src/core"_s,
         .qtHeaders = {u"QByteArray"_s, u"QByteArrayView"_s, u"QString"_s, u"QtEndian"_s,
                       u"QtGlobal"_s, u"QCryptographicHash"_s, u"QMessageAuthenticationCode"_s},
         .libraries = {u"sodium.h"_s, u"sys/mman.h"_s, u"xxhash.h"_s, u"zstd.h"_s},
         .rule =
             u"core may include itself; of Qt only QByteArray, QByteArrayView, QString, "
             "QtEndian, QtGlobal, QCryptographicHash, QMessageAuthenticationCode; no I/O, clock, thread, chance"_s,
         .isPure = true},
        {.name = u"words"_s,
         .directory = u"libqtdelivery/src/words"_s,
         .mayInclude = publicHeaders,
         .qtModules = qtCore,
         .rule = u"words may include public headers, QtCore"_s},
        {.name = u"link"_s,
         .directory = u"libqtdelivery/src/link"_s,
         .mayInclude = core + publicHeaders,
         .qtModules = qtNetwork,
         .rule = u"link may include core, words, public headers, QtCore, QtNetwork"_s},
        {.name = u"controller"_s,
         .directory = u"libqtdelivery/src/controller"_s,
         .mayInclude = core + publicHeaders,
         .singleHeaders = interfaces,
         .qtModules = qtCore,
         .rule = u"controller may include core, words, link/{flowendpoint,flowhost,logging}.h, "
                 "observe/flowreport.h, storage/{payloadfiles,payloadspool}.h, public headers, "
                 "QtCore"_s},
        {.name = u"storage"_s,
         .directory = u"libqtdelivery/src/storage"_s,
         .mayInclude = core + publicHeaders,
         .qtModules = qtCore,
         .sqlPrefix = u"sql"_s,
         .libraries = {u"dirent.h"_s, u"fcntl.h"_s, u"sys/file.h"_s, u"sys/stat.h"_s,
                       u"unistd.h"_s},
         .rule = u"storage may include core, words, public headers, QtCore, POSIX for files; sql* "
                 u"QtSql, "
                 "too"_s},
        {.name = u"security"_s,
         .directory = u"libqtdelivery/src/security"_s,
         .mayInclude = words + publicHeaders,
         .singleHeaders = {u"storage/keyerrors.h"_s, u"storage/piececipher.h"_s,
                           u"storage/posixcalls.h"_s, u"storage/syncedfile.h"_s},
         .qtModules = qtNetwork,
         .libraries = {u"qt6keychain/keychain.h"_s, u"sodium.h"_s},
         .rule = u"security may include words, "
                 u"storage/{keyerrors,piececipher,posixcalls,syncedfile}.h, "
                 "public headers, QtCore, QtNetwork, QtKeychain, libsodium"_s},
        {.name = u"observe"_s,
         .directory = u"libqtdelivery/src/observe"_s,
         .mayInclude = words + publicHeaders,
         .singleHeaders = forObserve,
         .qtModules = qtNetwork,
         .libraries = {u"signal.h"_s, u"unistd.h"_s},
         .rule = u"observe may include core/{linkproof,machinesnapshots,types}.h, "
                 "link/{connection,transport}.h, words, public headers, QtCore, QtNetwork"_s},
        {.name = u"include/QtDelivery"_s,
         .directory = u"libqtdelivery/include/QtDelivery"_s,
         .qtModules = qtCore,
         .qtHeaders = {u"QSslCertificate"_s, u"QSslKey"_s}, // values, for TlsSettings
         .rule = u"public headers may include each other, QtCore, QSslCertificate, QSslKey"_s},
        {.name = u"monitor/"_s,
         .directory = u"monitor"_s,
         .mayInclude = publicHeaders,
         .rule = u"monitor/ may include <QtDelivery/…> only, of this library"_s,
         .isApplication = true},
        {.name = u"examples/"_s,
         .directory = u"examples"_s,
         .mayInclude = publicHeaders,
         .rule = u"examples/ may include <QtDelivery/…> only, of this library"_s,
         .isApplication = true},
    };
    return table;
}

QStringList sourceFiles(const QString &root, const QString &directory)
{
    return filesBelow(root, directory, {u"*.h"_s, u"*.cpp"_s});
}

QString includeProblem(const QString &root, const Layer &layer, const QString &file,
                       const QString &line)
{
    static const QRegularExpression form(uR"(^\s*#\s*include\s*([<"])([^>"]+)[>"])"_s);
    const QRegularExpressionMatch match = form.match(line);
    if (!match.hasMatch())
        return {};
    const QString name = match.captured(2);
    const QString problem = objection(root, layer, file, name, match.captured(1) == "\""_L1);
    return problem.isEmpty() ? QString() : u"%1: %2; the rule: %3"_s.arg(name, problem, layer.rule);
}

QStringList includeProblems(const QString &root, const Layer &layer)
{
    QStringList problems;
    for (const QString &file : sourceFiles(root, layer.directory)) {
        const QStringList lines = linesOf(join(root, file));
        for (int i = 0; i < lines.size(); ++i) {
            const QString problem = includeProblem(root, layer, file, lines[i]);
            if (!problem.isEmpty())
                problems += u"%1:%2: %3"_s.arg(file).arg(i + 1).arg(problem);
        }
    }
    return problems;
}

QStringList unknownDirectories(const QString &root)
{
    QStringList problems;
    for (const QString &file : sourceFiles(root, SrcDir)) {
        if (!layerOf(file))
            problems += u"%1:1: its directory has no row in the table of layers"_s.arg(file);
    }
    return problems;
}

QStringList untestedRows(const QString &root)
{
    const QString document = u"libqtdelivery/doc/architecture.md"_s;
    static const QRegularExpression name(u"`([^`]+)`"_s);
    const QStringList lines = linesOf(join(root, document));
    QStringList problems;
    qsizetype at = lines.indexOf(u"| from | may include |"_s);
    if (at < 0)
        return {document + u":1: there is no table \"from | may include\""_s};
    for (at += 2; at < lines.size() && lines[at].startsWith(u'|'); ++at) {
        auto names = name.globalMatch(lines[at].section(u'|', 1, 1));
        while (names.hasNext()) {
            const QString row = names.next().captured(1);
            if (std::ranges::find(layers(), row, &Layer::name) == layers().end())
                problems += u"%1:%2: %3 is not tested"_s.arg(document).arg(at + 1).arg(row);
        }
    }
    return problems;
}

QStringList unlistedSources(const QString &root)
{
    const QString list = u"libqtdelivery/CMakeLists.txt"_s;
    static const QRegularExpression space(u"[\\s()]+"_s);
    const QStringList words = linesOf(join(root, list)).join(u' ').split(space);
    QStringList problems;
    for (const QString &file : sourceFiles(root, u"libqtdelivery"_s)) {
        const QString name = file.section(u'/', 1);
        if (!words.contains(name))
            problems += u"%1:1: %2 does not list it"_s.arg(file, list);
    }
    return problems;
}

QStringList longFiles(const QString &root, int limit)
{
    QStringList problems;
    for (const QString &file : sourceFiles(root, SrcDir)) {
        int count = 0;
        forEachCodeLine(linesOf(join(root, file)), [&](int, const QString &) { ++count; });
        if (count > limit)
            problems += u"%1:1: %2 lines of code, allowed are %3"_s.arg(file).arg(count).arg(limit);
    }
    return problems;
}

QStringList filesWithoutLicense(const QString &root)
{
    QStringList files{u"CMakeLists.txt"_s};
    for (const QString &directory :
         {u"libqtdelivery"_s, u"examples"_s, u"monitor"_s, u"tests"_s, u".ci"_s}) {
        files += filesBelow(root, directory,
                            {u"*.h"_s, u"*.cpp"_s, u"*.h.in"_s, u"*.cpp.in"_s, u"CMakeLists.txt"_s,
                             u"*.cmake"_s, u"*.cmake.in"_s, u"*.sh"_s, u"run"_s});
    }
    static const QRegularExpression form(
        u"^(#![^\n]*\n)?(//|#) SPDX-FileCopyrightText: \\d{4} [^\n]+\n"
        "(//|#) SPDX-License-Identifier: MIT\n"_s);
    QStringList problems;
    for (const QString &file : files) {
        const QString head = linesOf(join(root, file)).mid(0, 4).join(u'\n');
        if (!form.match(head).hasMatch())
            problems += u"%1:1: does not begin with the two SPDX lines"_s.arg(file);
    }
    return problems;
}

QStringList unguardedHeaders(const QString &root)
{
    QStringList problems;
    for (const QString &file : filesBelow(root, u"libqtdelivery"_s, {u"*.h"_s})) {
        QString first;
        forEachCodeLine(linesOf(join(root, file)), [&](int, const QString &line) {
            if (first.isEmpty())
                first = line;
        });
        if (first != "#pragma once"_L1)
            problems += u"%1:1: its first line of code is not #pragma once"_s.arg(file);
    }
    return problems;
}

} // namespace QtDelivery::Test
