using OrleansBilling.Oracle.Running;

namespace OrleansBilling.Oracle;

/// <summary>Compares by command: <c>--plans N --seed S --workers W</c>; see <c>tests/oracle</c>.</summary>
internal static class Program
{
    public static int Main(string[] arguments) => new Sweep(
        Number(arguments, "--plans", 100_000), Number(arguments, "--seed", 1),
        (int)Number(arguments, "--workers", Environment.ProcessorCount)).Run(Console.Out);

    private static long Number(string[] arguments, string name, long otherwise) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length
            ? long.Parse(arguments[at + 1], System.Globalization.CultureInfo.InvariantCulture)
            : otherwise;
}
