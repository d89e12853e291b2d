using Spectre.Console;

namespace OrleansBilling.Silo.Commands;

/// <summary>What the commands are and how they are called.</summary>
internal static class HelpText
{
    private const string Text = """
        Usage:
          OrleansBilling.Silo                          starts the server
          OrleansBilling.Silo import FILE... --map MAP  sends the usage in files to a server
          OrleansBilling.Silo demo                     bills real usage data by real tariffs
          OrleansBilling.Silo audit                    recomputes the bills from the raw log and compares
          OrleansBilling.Silo plan lint FILE...        checks plans in YAML or JSON, without a server
          OrleansBilling.Silo help

        Every command but plan and help takes
          --url URL           of the server; or ORLEANSBILLING_URL; default http://127.0.0.1:8080
          --key KEY           API key; or ORLEANSBILLING_KEY

        import   CSV, NDJSON, each also as .gz; wildcards allowed
          --map MAP           JSON file that says what the columns mean (docs/import.md)
          --batch N           events a request, 1 to 5000; default 1000
          --parallel N        requests in flight, 1 to 32; default 4
          --rejects FILE      rows that could not be used, with the reason; default FILE.rejects.csv
          --state FILE        remembers how far the server acknowledged; default FILE.import-state.json
          --no-resume         starts over; what the server has is answered as duplicate
          --clock follow      moves the tenant's test clock along with the data
          --sort              sends in order of time; holds the events in memory
          --register          creates devices that the server does not know
          --subscription ID   with --register: assigns them; may contain {device}
          --dry-run           reads and maps only, shows the first events and the rejects

        demo                  with a server of its own that is gone afterwards, unless --url or --key names one
          --data DIR          a directory with the data sets; default: the samples that come with the source
          --only NAME,...     some of the scenarios
          --prefix TEXT       of the tenants' ids; default demo
          --list              shows the scenarios and stops

        audit
          --customer ID       one customer; default: the whole tenant

        plan lint                              every error and warning with file, line, column, JSON pointer and what to do
          --meters FILE       array of meters in JSON or YAML; default: meters.json or meters.yaml beside the plan
          --strict            warnings count as errors

        Exit codes: 0 done; 1 some rows or figures need attention; 2 wrong use; 3 server unusable; 130 stopped.
        """;

    public static int Write(IAnsiConsole console)
    {
        console.WriteLine(Text);
        return 0;
    }
}
