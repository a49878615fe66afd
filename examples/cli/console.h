// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace Cli {

/*! Standard error: sentences for the user, and one line of progress if it is a terminal. */
class Console
{
public:
    /*! \a verbose: the log goes to standard error too, a progress line would be in its way. */
    explicit Console(bool verbose);
    ~Console();

    Console(const Console &) = delete;
    Console &operator=(const Console &) = delete;

    [[nodiscard]] bool showsProgress() const { return m_showsProgress; }
    /*! Replaces the progress line. */
    void showProgress(const QString &text);
    /*! Takes the progress line away. */
    void clearProgress();

    /*! One sentence, as a line of its own. */
    void say(const QString &sentence);

private:
    const bool m_showsProgress;
    bool m_progressVisible = false;
};

} // namespace Cli
