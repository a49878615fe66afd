// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "linesplitter.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QSocketNotifier;
QT_END_NAMESPACE

namespace Cli {

/*! The lines of files, one file after the other, or of standard input. Reads only what has arrived,
    never more than about 1 MiB ahead of what is taken, and never waits. */
class LineReader : public QObject
{
    Q_OBJECT

public:
    /*! \a files: names; "-" and no name at all are standard input. A line longer than \a maxLength
       is an error. */
    LineReader(const QStringList &files, qint64 maxLength, QObject *parent = nullptr);
    ~LineReader() override;

    /*! Why one of the files cannot be read, found without opening it; empty = all can. */
    [[nodiscard]] static QString refusal(const QStringList &files);

    /*! The next line; nothing if none is there yet, at the end, and after an error. */
    [[nodiscard]] std::optional<QByteArray> takeLine();
    /*! Everything is taken, or an error ends the lines. */
    [[nodiscard]] bool atEnd() const;
    /*! Why the lines ended early. */
    [[nodiscard]] const QString &error() const { return m_error; }
    /*! Where the line that was taken last stands: "notes.txt, line 3". */
    [[nodiscard]] QString place() const;

Q_SIGNALS:
    /*! takeLine() or atEnd() may have an answer that they had not before. */
    void changed();

private:
    void openNext();
    void goOnToNextFile();
    void readSome();
    void updateNotifier();
    void closeFile();
    void fail(const QString &sentence);
    void failOverlong();
    [[nodiscard]] QString fileName() const;

    QStringList m_files; // the first one is being read
    const qint64 m_maxLength;
    LineSplitter m_splitter;
    qint64 m_lineNumber = 0;
    QString m_error;
    int m_fd = -1;
    bool m_fileEnded = false; // its last lines may still wait in the splitter
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace Cli
