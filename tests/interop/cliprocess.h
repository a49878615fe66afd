// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayList>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <optional>

/*! \brief One run of the program `qtdelivery`, as a shell would start it.

    Standard error and standard output are kept apart. A run that still goes on is killed with its
    object. */
class CliProcess
{
public:
    enum class Input {
        Empty, //!< ends at once
        Open, //!< write() and closeInput()
    };

    explicit CliProcess(const QStringList &arguments, Input input = Input::Empty);
    /*! With \a output as its standard output, which is then not read. */
    CliProcess(const QStringList &arguments, const QString &output);
    /*! Not the program but a command of the shell, in which "$0" is the program. */
    [[nodiscard]] static std::unique_ptr<CliProcess> shell(const QString &command);
    ~CliProcess();

    CliProcess(const CliProcess &) = delete;
    CliProcess &operator=(const CliProcess &) = delete;

    void write(const QByteArray &bytes) { m_process.write(bytes); }
    void closeInput() { m_process.closeWriteChannel(); }
    void sendSignal(int number);

    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    /*! Waits for the end; the exit code, or -1 for a crash or no end. */
    [[nodiscard]] int exitCode();
    /*! Everything that was written up to now. */
    [[nodiscard]] const QByteArray &output();
    [[nodiscard]] const QByteArray &complaints();
    /*! Complete lines of output(), without newlines. */
    [[nodiscard]] QByteArrayList lines();

    [[nodiscard]] QProcess &process() { return m_process; }

    /*! The path of `qtdelivery`. */
    [[nodiscard]] static QString program();
    /*! The environment in which every run finds the same words and no settings of the user. */
    [[nodiscard]] static QProcessEnvironment environment();

private:
    CliProcess();
    void start(const QString &program, const QStringList &arguments);
    void read();

    QProcess m_process;
    QByteArray m_output;
    QByteArray m_complaints;
};

/*! A named pipe as the output of a run: it holds 64 KiB and is read only when the test does so. */
class OutputPipe
{
public:
    OutputPipe();
    ~OutputPipe() { close(); }
    OutputPipe(const OutputPipe &) = delete;
    OutputPipe &operator=(const OutputPipe &) = delete;

    [[nodiscard]] QString name() const { return m_directory.filePath(QStringLiteral("pipe")); }
    [[nodiscard]] bool hasData() const;
    /*! Everything that was read up to now, with what can be read now. */
    const QByteArray &read();
    void close();

private:
    QTemporaryDir m_directory;
    int m_readEnd = -1;
    QByteArray m_bytes;
};

/*! A port file that a run with `--listen` writes. */
class PortFile
{
public:
    [[nodiscard]] QString name() const { return m_directory.filePath(QStringLiteral("port")); }
    [[nodiscard]] QString directory() const { return m_directory.path(); }
    /*! `--listen tcp://127.0.0.1:PORT --port-file …`; port 0 is a free one. */
    [[nodiscard]] QStringList listen(quint16 port = 0) const;
    /*! Waits for the file; 0 if it does not appear. */
    [[nodiscard]] quint16 port() const;
    /*! `--connect` to port(). */
    [[nodiscard]] QStringList connect() const;

private:
    QTemporaryDir m_directory;
};

/*! `--connect tcp://127.0.0.1:PORT` */
[[nodiscard]] QStringList connectTo(quint16 port);

/*! The arguments of `qtdelivery send`. */
[[nodiscard]] QStringList sendArguments(const QString &flow, const QStringList &more);
/*! The arguments of `qtdelivery receive`. */
[[nodiscard]] QStringList receiveArguments(const QString &flow, const QStringList &more);

/*! The one line of JSON that a summary is; nothing if \a text is anything else. */
[[nodiscard]] std::optional<QJsonObject> summary(const QByteArray &text);

/*! The lines \a first to \a last, "<name> <number> …", of about a hundred bytes each. */
[[nodiscard]] QByteArray numberedLines(const QByteArray &name, int first, int last);
/*! The number of a line of numberedLines(), or -1. */
[[nodiscard]] int lineNumber(const QByteArray &line);
