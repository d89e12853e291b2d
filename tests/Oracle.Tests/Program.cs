using System.Diagnostics;
using System.Globalization;
using OrleansBilling.Oracle.Generation;
using OrleansBilling.Oracle.Running;

namespace OrleansBilling.Oracle;

/// <summary>Compares by command: <c>--plans N --seed S</c>; see <c>tests/oracle</c>.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        var plans = Number(arguments, "--plans", 100_000);
        var seed = Number(arguments, "--seed", 1);
        var clock = Stopwatch.StartNew();
        var failed = 0;
        var done = 0L;
        for (; done < plans && failed < 10; done++)
        {
            var given = CaseMaker.Make((ulong)(seed + done));
            if (Comparison.Find(given) is not null)
            {
                failed++;
                var small = Shrinker.Shrink(given);
                Console.WriteLine($"seed {seed + done}: {Comparison.Find(small)}\n{small}");
            }

            if ((done + 1) % 20_000 == 0)
            {
                Console.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss}  {done + 1:N0} of {plans:N0} plans, {failed} failed");
            }
        }

        Console.WriteLine($"{done:N0} plans from seed {seed}: {failed} failed, in {clock.Elapsed:hh\\:mm\\:ss}");
        return failed == 0 ? 0 : 1;
    }

    private static long Number(string[] arguments, string name, long otherwise) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length
            ? long.Parse(arguments[at + 1], CultureInfo.InvariantCulture)
            : otherwise;
}
