using System.Diagnostics;
using System.Globalization;

namespace OrleansBilling.Simulation;

/// <summary>
/// Runs simulations by command: <c>--seeds N [--from S] [--cores C]</c> many, <c>--seed S [--trace]</c> one.
/// <c>--mutation NAME</c> plants a bug.
/// </summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        var mutation = Enum.Parse<Mutation>(Option(arguments, "--mutation") ?? nameof(Mutation.None), ignoreCase: true);
        return Option(arguments, "--seed") is { } seed
            ? One(ulong.Parse(seed, CultureInfo.InvariantCulture), mutation, arguments.Contains("--trace"))
            : Many(
                Number(arguments, "--from", 1), Number(arguments, "--seeds", 10_000),
                (int)Number(arguments, "--cores", Environment.ProcessorCount), mutation);
    }

    private static int One(ulong seed, Mutation mutation, bool trace)
    {
        var result = SimulationRun.Execute(seed, mutation, trace ? Console.Out : null);
        Console.WriteLine($"seed {seed}: trace {result.TraceHash:x16}, {result.Steps} steps, {result.Strikes} strikes, "
            + $"{result.Answers} answers, {result.Unclear} unclear");
        return Tell(result);
    }

    private static int Many(long from, long count, int cores, Mutation mutation)
    {
        var clock = Stopwatch.StartNew();
        var sweep = new Sweep((ulong)from, (ulong)count, cores, mutation);
        sweep.Run((done, failed) => Console.WriteLine(
            $"{clock.Elapsed:hh\\:mm\\:ss}  {done:N0} of {count:N0} seeds, {failed:N0} failed, {done / clock.Elapsed.TotalSeconds:N0} a second"));
        foreach (var failure in sweep.Failures.OrderBy(f => f.Seed).Take(20))
        {
            Tell(failure);
        }
        Console.WriteLine($"seen in seeds: {string.Join(", ", sweep.Sights.OrderBy(s => s.Key).Select(s => $"{s.Key} {s.Value:N0}"))}");
        Console.WriteLine($"{sweep.Done:N0} seeds from {from}: {sweep.Failed:N0} failed; {sweep.Strikes:N0} strikes, "
            + $"{sweep.Answers:N0} answers, {sweep.Unclear:N0} unclear, {sweep.Steps:N0} steps in {clock.Elapsed:hh\\:mm\\:ss}");
        return sweep.Failed == 0 ? 0 : 1;
    }

    private static int Tell(RunResult result)
    {
        foreach (var finding in result.Findings)
        {
            Console.WriteLine($"seed {result.Seed} FOUND {finding.Rule}: {finding.What}");
        }
        if (result.Findings.Count > 0)
        {
            Console.WriteLine($"again: tests/simulate --seed {result.Seed} --trace");
        }
        return result.Findings.Count == 0 ? 0 : 1;
    }

    private static long Number(string[] arguments, string name, long otherwise) =>
        Option(arguments, name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? Option(string[] arguments, string name)
    {
        var at = Array.IndexOf(arguments, name);
        return at < 0 ? null : arguments[at + 1];
    }
}
