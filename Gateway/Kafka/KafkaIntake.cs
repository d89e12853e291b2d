using OrleansBilling.Gateway.Auth;

namespace OrleansBilling.Gateway.Kafka;

/// <summary>Reads usage from Kafka as long as the process runs. What goes wrong there is told and tried again, and ends nothing else.</summary>
internal sealed partial class KafkaIntake(
    KafkaSettings settings, KafkaClients clients, LaneSet lanes, MessageTaker taker, KafkaMetrics metrics, KeyBootstrap bootstrap,
    TimeProvider time, ILogger<KafkaIntake> logger) : BackgroundService
{
    private static readonly TimeSpan BootstrapPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan NextClientAfter = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The default tenant may be about to be created.
        while (!bootstrap.IsDone)
        {
            await Task.Delay(BootstrapPause, time, stoppingToken);
        }
        Starting(logger, settings.ToString());
        await Task.Factory.StartNew(
            () => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var session = new ConsumerSession(settings, clients, lanes, taker, metrics, time, logger);
                session.Run(stop);
            }
            catch (Exception e)
            {
                Failed(logger, e, NextClientAfter);
                stop.WaitHandle.WaitOne(NextClientAfter);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Usage is read from Kafka at {Settings}")]
    private static partial void Starting(ILogger logger, string settings);

    [LoggerMessage(LogLevel.Error, "The Kafka consumer has failed; another one is made after {Pause}")]
    private static partial void Failed(ILogger logger, Exception error, TimeSpan pause);
}
