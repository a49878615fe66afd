// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <deque>
#include <functional>

namespace Cli {

/*! Standard output, or a file, without a buffer of its own: says when a line has left this process.
   Never waits, so that a slow reader does not keep the node from answering its peer. */
class LineWriter : public QObject
{
    Q_OBJECT

public:
    using Written = std::function<void()>;

    explicit LineWriter(QObject *parent = nullptr);
    ~LineWriter() override;

    /*! Writes to the file \a name instead, behind its first \a length bytes; what is there beyond
       them is cut off. A sentence if that is impossible. */
    [[nodiscard]] QString openFile(const QString &name, qint64 length);
    /*! What was written to that file is there after a power failure: 0, or what errno says. After a
       failure nobody knows, and asking again does not tell. May be called in another thread. */
    [[nodiscard]] int syncFile() const;
    [[nodiscard]] const QString &fileName() const { return m_name; }
    /*! The length of the file that openFile() has opened. */
    [[nodiscard]] qint64 fileLength() const { return m_fileLength; }

    /*! Writes \a line after all others, then calls \a written, possibly before it returns. */
    void write(const QByteArray &line, Written written);
    [[nodiscard]] bool isIdle() const { return m_queue.empty(); }

Q_SIGNALS:
    /*! Nothing more can be written; \a sentence says why. */
    void failed(const QString &sentence);

private:
    struct Line
    {
        QByteArray bytes;
        Written written;
    };

    enum class Step { Done, Blocked, Failed };

    void writeQueue();
    [[nodiscard]] Step writeBytes(const QByteArray &bytes);

    std::deque<Line> m_queue; // callers wait for written: as many lines as there are flows
    qsizetype m_offset = 0; // written of the first one
    bool m_failed = false;
    int m_errno = 0;
    int m_fd = -1; // to write to
    QString m_name; // of the file; empty = standard output
    qint64 m_fileLength = 0;
    bool m_isFile = false;
    QSocketNotifier m_notifier;
};

} // namespace Cli
