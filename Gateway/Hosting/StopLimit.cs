namespace OrleansBilling.Gateway.Hosting;

/// <summary>
/// Ends a process that was told to stop and does not get there, whatever keeps it. That costs nothing that was acknowledged, since
/// only what is durable is; others take its work over as after a crash.
/// </summary>
public static partial class StopLimit
{
    /// <summary>Exit code of a process that was ended by its limit.</summary>
    public const int ExitCode = 4;

    private const string Setting = "Host:StopWithin";
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(30);

    /// <summary>Gives calls, grains and the log two thirds of the limit; what then remains is not waited for.</summary>
    /// <exception cref="GatewayConfigurationException"><c>Host:StopWithin</c> is no time of one second to one hour.</exception>
    public static WebApplicationBuilder AddStopLimit(this WebApplicationBuilder builder)
    {
        var limit = Read(builder.Configuration);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = limit * 2 / 3);
        return builder;
    }

    /// <summary>Starts to watch; once, before the host runs.</summary>
    public static WebApplication UseStopLimit(this WebApplication app)
    {
        var limit = Read(app.Configuration);
        app.Lifetime.ApplicationStopping.Register(() => _ = EndAfter(limit, app.Logger));
        return app;
    }

    private static async Task EndAfter(TimeSpan limit, ILogger logger)
    {
        await Task.Delay(limit, CancellationToken.None);
        Ending(logger, limit);
        Environment.Exit(ExitCode);
    }

    private static TimeSpan Read(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } text)
        {
            return Default;
        }
        return TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var limit)
            && limit >= TimeSpan.FromSeconds(1) && limit <= TimeSpan.FromHours(1)
            ? limit
            : throw new GatewayConfigurationException(
                $"{Setting} is '{text}'; write a time from 00:00:01 to 01:00:00, for example 00:00:30.");
    }

    [LoggerMessage(LogLevel.Critical, "The process was told to stop {Limit} ago and ends now without waiting for the rest")]
    private static partial void Ending(ILogger logger, TimeSpan limit);
}
