FROM python:3.13-slim AS build
WORKDIR /app
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_SYSTEM_CERTS=1
RUN pip install --no-cache-dir --root-user-action=ignore uv==0.13.9
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --locked --no-dev --no-install-project
COPY server server
COPY sync sync
COPY web web
RUN uv sync --locked --no-dev

FROM python:3.13-slim
WORKDIR /app
RUN useradd --system --no-create-home unlearn && install -d -o unlearn -g unlearn -m 700 /data
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 UNLEARN_HOST=0.0.0.0 UNLEARN_DATA=/data
USER unlearn
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ.get('UNLEARN_PORT', '8000') + '/health', timeout=2)"]
CMD ["unlearn", "serve"]
