using System.Data.Common;
using System.Text.Json;

namespace ChatGenius.Hosting.Problems;

/// <summary>Turns every failure and every bare error status into problem details.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (ProblemException problem)
        {
            await ProblemWriter.WriteAsync(context, problem.Error, problem.Detail, problem.Errors, problem.RetryAfter);
            return;
        }
        catch (BadHttpRequestException bad)
        {
            await ProblemWriter.WriteAsync(context, OfBadRequest(bad), bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? null : bad.Message);
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // Nobody is there to answer.
        }
        catch (Exception failure) when (StorageOf(failure) is { } storage)
        {
            LogStorage(storage, context.Request.Method, context.Request.Path.Value, failure.GetType().Name);
            await ProblemWriter.WriteAsync(context, ErrorCodes.StorageFailed, retryAfter: TimeSpan.FromSeconds(1));
            return;
        }
        catch (TimeoutException)
        {
            await ProblemWriter.WriteAsync(context, ErrorCodes.Unavailable, retryAfter: TimeSpan.FromSeconds(1));
            return;
        }
        catch (HttpRequestException)
        {
            await ProblemWriter.WriteAsync(context, ErrorCodes.Unavailable, retryAfter: TimeSpan.FromSeconds(1));
            return;
        }
        catch (Exception failure)
        {
            LogFailure(failure, context.Request.Method, context.Request.Path.Value);
            await ProblemWriter.WriteAsync(context, ErrorCodes.Internal);
            return;
        }
        await DressBareStatusAsync(context);
    }

    static async Task DressBareStatusAsync(HttpContext context)
    {
        var response = context.Response;
        if (response.StatusCode < 400 || response.HasStarted || response.ContentLength > 0 || !string.IsNullOrEmpty(response.ContentType))
            return;
        ErrorCode? error = response.StatusCode switch
        {
            400 => ErrorCodes.Invalid,
            401 => ErrorCodes.Unauthenticated,
            403 => ErrorCodes.Forbidden,
            404 => ErrorCodes.NotFound,
            405 => ErrorCodes.MethodNotAllowed,
            413 => ErrorCodes.TooLarge,
            415 => ErrorCodes.UnsupportedMediaType,
            429 => ErrorCodes.RateLimited,
            500 => ErrorCodes.Internal,
            502 or 503 or 504 => ErrorCodes.Unavailable,
            _ => null,
        };
        if (error is not null)
            await ProblemWriter.WriteAsync(context, error, retryAfter: error.Status == 503 ? TimeSpan.FromSeconds(1) : null);
    }

    static ErrorCode OfBadRequest(BadHttpRequestException bad) => bad.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => ErrorCodes.TooLarge,
        StatusCodes.Status415UnsupportedMediaType => ErrorCodes.UnsupportedMediaType,
        _ => bad.InnerException is JsonException ? ErrorCodes.MalformedJson : ErrorCodes.Invalid,
    };

    static DbException? StorageOf(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            if (failure is DbException storage)
                return storage;
        return null;
    }

    [LoggerMessage(1001, LogLevel.Error, "{Method} {Path} failed.")]
    partial void LogFailure(Exception failure, string method, string? path);

    [LoggerMessage(1002, LogLevel.Error, "{Method} {Path}: the database refused ({Kind}).")]
    partial void LogStorage(Exception failure, string method, string? path, string kind);
}
