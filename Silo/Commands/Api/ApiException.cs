using System.Net;

namespace OrleansBilling.Silo.Commands.Api;

/// <summary>The server refused a request for good, or could not be reached within the time for retries.</summary>
public sealed class ApiException : Exception
{
    /// <summary>With the answer's status and problem.</summary>
    public ApiException(HttpStatusCode status, string? code, string message)
        : base(message)
    {
        Status = status;
        Code = code;
    }

    /// <summary>Without an answer.</summary>
    public ApiException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Without an answer.</summary>
    public ApiException(string message)
        : base(message)
    {
    }

    /// <summary>Without a message.</summary>
    public ApiException()
    {
    }

    /// <summary>0 when there was no answer.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The problem's stable code, if it has one.</summary>
    public string? Code { get; }
}
