using Spectre.Console;

namespace OrleansBilling.Silo.Commands.Import;

/// <summary>Shows how an import goes: a bar on a terminal, a line every few seconds elsewhere.</summary>
internal static class ImportProgress
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    /// <summary>Shows progress until the work is done; its failure is the caller's.</summary>
    public static Task ShowAsync(IAnsiConsole console, ImportCounters counters, string title, TimeProvider time,
        Task work) =>
        console.Profile.Capabilities.Interactive && console.Profile.Capabilities.Ansi
            ? BarAsync(console, counters, title, time, work)
            : LinesAsync(console, counters, title, time, work);

    private static Task BarAsync(
        IAnsiConsole console, ImportCounters counters, string title, TimeProvider time, Task work) =>
        console.Progress().AutoClear(true).HideCompleted(false)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(),
                new SpinnerColumn())
            .StartAsync(async context =>
            {
                var started = time.GetTimestamp();
                var bar = context.AddTask(Markup.Escape(title), maxValue: 1);
                while (!work.IsCompleted)
                {
                    bar.Value = Share(counters);
                    bar.Description = Markup.Escape($"{title}  {Figures(counters, time.GetElapsedTime(started))}");
                    await Task.WhenAny(work, Task.Delay(Refresh, time));
                }

                bar.Value = 1;
                await work;
            });

    private static async Task LinesAsync(
        IAnsiConsole console, ImportCounters counters, string title, TimeProvider time, Task work)
    {
        var started = time.GetTimestamp();
        while (await Task.WhenAny(work, Task.Delay(LineEvery, time)) != work)
        {
            var elapsed = time.GetElapsedTime(started);
            var share = Share(counters);
            var left = share > 0.01 ? $", about {Duration(elapsed * ((1 - share) / share))} left" : "";
            console.WriteLine($"{title}: {share:P0}, {Figures(counters, elapsed)}{left}");
        }

        await work;
    }

    /// <summary>Reading and sending each have their part: without sorting they go on together.</summary>
    private static double Share(ImportCounters counters)
    {
        var read = counters.Bytes == 0 ? 0 : Math.Min(1, (double)counters.BytesRead / counters.Bytes);
        var sent = counters.Events == 0 ? 0 : (double)(counters.Acknowledged + counters.Resumed) / counters.Events;
        return read * sent;
    }

    private static string Figures(ImportCounters counters, TimeSpan elapsed)
    {
        var sent = counters.Acknowledged;
        return $"{counters.Rows:N0} rows, {sent:N0} events, {sent / Math.Max(0.001, elapsed.TotalSeconds):N0}/s";
    }

    private static string Duration(TimeSpan span) =>
        span.TotalHours >= 1 ? $"{span.TotalHours:N1} h" : span.TotalMinutes >= 1 ? $"{span.TotalMinutes:N0} min"
        : $"{span.TotalSeconds:N0} s";
}
