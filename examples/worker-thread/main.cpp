// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// The main thread of a GUI is busy now and then. If the node lived there, its peer would hear no
// sign of life meanwhile and give the link up. Here node and controllers live in worker threads,
// and the main thread gets and gives one message at a time through queued connections. It blocks
// for two seconds, twice the heartbeat timeout, and no link is lost. Ends by itself:
//
//     worker-thread

#include "workers.h"

#include <QCoreApplication>
#include <QTextStream>
#include <QThread>

using namespace std::chrono_literals;

static void print(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

/*! What would be the main window: produces jobs, and processes them when they come back. */
class Window : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 count = 6;

    void produce(qint64 seqNr)
    {
        if (seqNr <= count)
            Q_EMIT produced("job " + QByteArray::number(seqNr));
    }

    void process(const QtDelivery::Delivery &delivery)
    {
        if (delivery.seqNr() == 3) {
            print(QStringLiteral("busy for 2 s"));
            QThread::sleep(2);
        }
        print(QStringLiteral("processed ") + QString::fromUtf8(delivery.payload()));
        Q_EMIT processed(delivery);
    }

    void noteConfirmed(qint64 seqNr)
    {
        m_finished = seqNr == count;
        if (m_finished)
            Q_EMIT finished();
    }

    void noteLinkLost(const QString &why)
    {
        if (m_finished)
            return; // closed on purpose
        print(QStringLiteral("link lost: ") + why);
        ++m_linksLost;
    }

    int linksLost() const { return m_linksLost; }

Q_SIGNALS:
    void produced(const QByteArray &payload);
    void processed(const QtDelivery::Delivery &delivery);
    void finished();

private:
    bool m_finished = false;
    int m_linksLost = 0;
};

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QUrl url(QStringLiteral("local:qtdelivery-worker-thread-%1").arg(app.applicationPid()));

    // Workers are created here, live in their threads, and are deleted there.
    QThread consumerThread;
    auto *consumer = new ConsumerWorker(url);
    consumer->moveToThread(&consumerThread);
    QObject::connect(&consumerThread, &QThread::started, consumer, &ConsumerWorker::begin);
    QObject::connect(&consumerThread, &QThread::finished, consumer, &QObject::deleteLater);

    QThread producerThread;
    auto *producer = new ProducerWorker(url);
    producer->moveToThread(&producerThread);
    QObject::connect(&producerThread, &QThread::started, producer, &ProducerWorker::begin);
    QObject::connect(&producerThread, &QThread::finished, producer, &QObject::deleteLater);

    // Sender and receiver live in different threads, so each of these connections is queued.
    Window window;
    QObject::connect(producer, &ProducerWorker::wanted, &window, &Window::produce);
    QObject::connect(&window, &Window::produced, producer, &ProducerWorker::send);
    QObject::connect(producer, &ProducerWorker::confirmed, &window, &Window::noteConfirmed);
    QObject::connect(consumer, &ConsumerWorker::delivered, &window, &Window::process);
    QObject::connect(&window, &Window::processed, consumer, &ConsumerWorker::confirm);
    QObject::connect(producer, &ProducerWorker::linkLost, &window, &Window::noteLinkLost);
    QObject::connect(consumer, &ConsumerWorker::linkLost, &window, &Window::noteLinkLost);

    // The end: the producer's node closes, then the consumer's.
    QObject::connect(&window, &Window::finished, producer, &ProducerWorker::end);
    QObject::connect(producer, &ProducerWorker::ended, consumer, &ConsumerWorker::end);
    QObject::connect(consumer, &ConsumerWorker::ended, &app, &QCoreApplication::quit);

    consumerThread.start();
    producerThread.start();
    app.exec();
    for (QThread *thread : {&producerThread, &consumerThread}) {
        thread->quit();
        thread->wait();
    }

    print(QStringLiteral("%1 jobs processed and confirmed, %2 links lost")
              .arg(Window::count)
              .arg(window.linksLost()));
    return window.linksLost() == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#include "main.moc"
